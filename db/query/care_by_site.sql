-- Grain: one row per site, arm, period and kind of care. What did treatment as usual, and the treatment, consist of?
select c.period_code, c.arm_code, c.site_code, c.source, c.kind, c.detail, c.unit, c.allocated, c.recipients,
       round(c.amount_per_recipient::numeric, 1) as amount_per_recipient,
       round(c.amount_per_year::numeric, 2) as amount_per_year
from warehouse.care_by_site c
order by c.period_code, c.arm_code, c.site_code, c.source, c.kind, c.detail;

-- Grain: one row per site and outcome. What can each site's data become, and what did it become?
select h.site_code, o.tier, h.outcome_code, h.status, h.reason, h.published, h.converted
from warehouse.harmonization h
join warehouse.outcome o on o.study_code = h.study_code and o.outcome_code = h.outcome_code
order by h.site_code, o.tier, h.outcome_code;

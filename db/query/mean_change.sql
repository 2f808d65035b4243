-- Grain: one row per outcome, interval and arm. Means over time, as one would draw them.
select e.outcome_code, e.interval_code, e.arm_code,
       max(e.estimate) filter (where e.quantity = 'n') as n,
       max(e.estimate) filter (where e.quantity = 'mean') as mean,
       max(e.estimate) filter (where e.quantity = 'sd') as sd
from comparison.current_estimate e
where e.site_code = 'ALL' and e.method = 'descriptives' and e.variant = 'value' and e.arm_code is not null
group by e.outcome_code, e.interval_code, e.arm_code
order by e.outcome_code, e.interval_code, e.arm_code;

-- Grain: one row per outcome, interval and arm. How many were measured, and why not the others?
with cells as (
    select v.outcome_code, v.interval_code, v.arm_code, coalesce(v.reason, 'observed') as state
    from warehouse.outcome_value v
    where v.interval_code is not null
)
select c.outcome_code, c.interval_code, c.arm_code,
       count(*) as participants,
       count(*) filter (where c.state = 'observed') as observed,
       round(100.0 * count(*) filter (where c.state = 'observed') / count(*), 1) as percent,
       string_agg(distinct c.state, ', ' order by c.state) filter (where c.state <> 'observed') as reasons
from cells c
group by c.outcome_code, c.interval_code, c.arm_code
order by c.outcome_code, c.interval_code, c.arm_code;

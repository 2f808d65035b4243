-- Grain: one row per outcome and interval. How do the arms differ now, over all sites, adjusted for baseline?
select e.study_code, e.outcome_code, e.interval_code, e.n_treatment, e.n_control,
       e.estimate as difference, e.ci_low, e.ci_high, e.p_value, e.reason
from comparison.current_estimate e
where e.site_code = 'ALL' and e.method = 'ancova' and e.variant = 'baseline' and e.quantity = 'contrast'
order by e.study_code, e.outcome_code, e.interval_code;

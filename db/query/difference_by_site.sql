-- Grain: one row per outcome, interval and site. Does the unadjusted difference look the same at every site?
select e.outcome_code, e.interval_code, e.site_code, e.n_treatment, e.n_control,
       e.estimate as difference, e.ci_low, e.ci_high, e.reason
from comparison.current_estimate e
where e.method = 'welch_t' and e.variant = 'value' and e.quantity = 'diff'
order by e.outcome_code, e.interval_code, e.site_code;

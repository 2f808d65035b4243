-- Grain: one row per score and interval. How do the arms differ now, over all sites, adjusted for baseline, and by which method?
with effect as (
    select e.study_code, e.outcome_code, e.interval_code, e.method, e.variant, e.n_treatment, e.n_control, e.estimate,
           e.ci_low, e.ci_high, e.p_value, e.p_adjusted, e.reason,
           -- the analysis of covariance only where the mixed model over the whole follow-up has no answer
           row_number() over (partition by e.study_code, e.outcome_code, e.interval_code
                              order by e.ci_low is null, e.method = 'ancova') as place
    from comparison.current_estimate e
    where e.site_code = 'ALL'
      and (   (e.method = 'mmrm' and e.variant = 'planned' and e.quantity = 'contrasts')
           or (e.method = 'ancova' and e.variant = 'baseline' and e.quantity = 'contrast'))
)
select study_code, outcome_code, interval_code, method, n_treatment, n_control, estimate as difference, ci_low, ci_high,
       p_value, p_adjusted, reason
from effect
where place = 1
order by study_code, outcome_code, interval_code;

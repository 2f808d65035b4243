-- Grain: one row per score and mixed model over all sites. Which covariance was used, why not the ones before, and did the fit converge?
select m.study_code, m.outcome_code, m.variant, m.structure, m.inference, m.participants, m.observations,
       (select string_agg(c.value ->> 'structure' || ': ' || (c.value ->> 'reason'), '; ' order by c.position)
        from jsonb_array_elements(m.considered) with ordinality as c(value, position)
        where c.value ->> 'reason' is not null) as passed_over,
       m.converged, m.gradient, m.iterations, m.reason
from comparison.current_model m
where m.site_code = 'ALL'
order by m.study_code, m.outcome_code, m.variant;

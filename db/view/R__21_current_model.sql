-- The mixed models behind the latest complete results of each study.

-- Grain: one row per mixed model of a study's latest results.
create or replace view comparison.current_model with (security_invoker = true) as
select m.run_id, m.snapshot_id, m.study_code, m.definition_hash, m.outcome_code, m.site_code, m.variant, m.method,
       m.formula, m.criterion, m.asked, m.structure, m.inference, m.considered, m.intervals, m.participants,
       m.observations, m.patterns, m.baselines_missing, m.baseline_sd, m.dropped, m.parameters, m.loglik, m.aic, m.bic,
       m.iterations, m.gradient, m.converged, m.covariance, m.coefficients, m.seconds, m.reason, m.fixed_by
from comparison.model m
join (select study_code, max(run_id) as run_id from comparison.result where not retrospective group by study_code) r
    using (study_code, run_id)
where m.look_code is null;
comment on view comparison.current_model is 'Mixed models behind the latest complete results of each study';

-- The latest complete results of each study.

comment on column comparison.estimate.site_code is
    'Site; ALL over the sites whose control arm is offered what the study''s is; ALL:SCM over those that offer SCM';
comment on column comparison.model.site_code is
    'Site; ALL over the sites whose control arm is offered what the study''s is; ALL:SCM over those that offer SCM';

-- Grain: one row per estimate of a study's latest results.
create or replace view comparison.current_estimate with (security_invoker = true) as
select e.run_id, e.snapshot_id, e.study_code, e.outcome_code, e.interval_code, e.period_code, e.site_code,
       e.arm_code, e.population, e.tier, e.method, e.variant, e.quantity, e.at_value, e.variable, e.stratum,
       e.estimate, e.std_error, e.df, e.statistic, e.p_value, e.p_adjusted, e.ci_low, e.ci_high, e.ci_level,
       e.n_treatment, e.n_control, e.options, e.definition_hash, e.reason
from comparison.estimate e
join (select study_code, max(run_id) as run_id from comparison.result where not retrospective group by study_code) r
    using (study_code, run_id)
where e.look_code is null;
comment on view comparison.current_estimate is 'Estimates of the latest complete results of each study';

-- Grain: one row per estimate of a look.
create or replace view comparison.look_estimate with (security_invoker = true) as
select e.study_code, e.look_code, l.cut_off, l.taken_at, e.run_id, e.snapshot_id, e.outcome_code, e.interval_code,
       e.period_code, e.site_code, e.arm_code, e.population, e.tier, e.method, e.variant, e.quantity, e.at_value, e.variable,
       e.stratum, e.estimate, e.std_error, e.df, e.statistic, e.p_value, e.ci_low, e.ci_high, e.ci_level, e.n_treatment,
       e.n_control, (e.options ->> 'nominal_alpha')::double precision as nominal_alpha, e.options, e.definition_hash, e.reason
from comparison.estimate e
join comparison.look l using (study_code, look_code, run_id);
comment on view comparison.look_estimate is 'Estimates of the declared looks that were taken; of an ongoing study for the monitoring board alone';
comment on column comparison.look_estimate.nominal_alpha is 'Two-sided p below which the look rejects; null where it can reject nothing';

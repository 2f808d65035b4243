-- Grain: one row per run, outcome, site and variant. Which mixed model the numbers of comparison.estimate were read off.
create table comparison.model (
    run_id             bigint  not null,
    snapshot_id        bigint  not null references warehouse.snapshot,
    study_code         text    not null,
    definition_hash    text    not null,
    outcome_code       text    not null,
    site_code          text    not null,
    variant            text    not null,
    method             text    not null,
    formula            text    not null,
    criterion          text    not null,
    asked              text    not null,
    structure          text,
    inference          text,
    considered         jsonb,
    intervals          jsonb,
    participants       integer,
    observations       integer,
    patterns           integer,
    baselines_missing  integer,
    baseline_sd        double precision,
    dropped            jsonb,
    parameters         integer,
    loglik             double precision,
    aic                double precision,
    bic                double precision,
    iterations         integer,
    gradient           double precision,
    converged          boolean,
    covariance         jsonb,
    coefficients       jsonb,
    seconds            double precision not null,
    reason             text,
    primary key (run_id, outcome_code, site_code, variant),
    constraint structure_or_reason check ((structure is null) = (reason is not null)),
    constraint never_nan check (loglik <> 'NaN' and aic <> 'NaN' and bic <> 'NaN' and gradient <> 'NaN' and baseline_sd <> 'NaN')
);
comment on table comparison.model is 'One row a mixed model of a score over its whole follow-up: what was fitted, why, and how that ended';
comment on column comparison.model.run_id is 'Run that computed it';
comment on column comparison.model.snapshot_id is 'Snapshot of the data it was fitted to';
comment on column comparison.model.study_code is 'Study';
comment on column comparison.model.definition_hash is 'Definitions it was computed by';
comment on column comparison.model.outcome_code is 'Outcome';
comment on column comparison.model.site_code is 'Site; ALL over sites';
comment on column comparison.model.variant is 'Name of the model in the study file';
comment on column comparison.model.method is 'Method that its estimates carry';
comment on column comparison.model.formula is 'Fixed effects, in the words of R';
comment on column comparison.model.criterion is 'What was maximised: reml, ml';
comment on column comparison.model.asked is 'Covariance asked for; planned where attendance and convergence decide';
comment on column comparison.model.structure is 'Covariance used; empty without a fit';
comment on column comparison.model.inference is 'Where standard errors and degrees of freedom come from; empty without a fit';
comment on column comparison.model.considered is 'Every covariance considered, in order, each with the reason why it was not used';
comment on column comparison.model.intervals is 'Intervals in the model: ten people observed in each arm';
comment on column comparison.model.participants is 'People with a value in the model';
comment on column comparison.model.observations is 'Values in the model';
comment on column comparison.model.patterns is 'Different sets of attended intervals';
comment on column comparison.model.baselines_missing is 'People whose baseline is the mean of the others, of both arms';
comment on column comparison.model.baseline_sd is 'Standard deviation of the known baselines of both arms, by which effects are standardised';
comment on column comparison.model.dropped is 'Terms left out because they are combinations of others';
comment on column comparison.model.parameters is 'Parameters of the covariance';
comment on column comparison.model.loglik is 'Log-likelihood at the maximum, restricted for reml';
comment on column comparison.model.aic is 'Akaike''s criterion, counting the parameters of the covariance';
comment on column comparison.model.bic is 'Schwarz''s criterion, counting the parameters of the covariance, with the number of people';
comment on column comparison.model.iterations is 'Steps towards the maximum';
comment on column comparison.model.gradient is 'Largest derivative of the log-likelihood at the end';
comment on column comparison.model.converged is 'Whether another step promised no gain';
comment on column comparison.model.covariance is 'Fitted covariance: intervals and matrix, or the variances between and within people';
comment on column comparison.model.coefficients is 'Fixed effects by term, the interval last: estimate, se, df, t, p';
comment on column comparison.model.seconds is 'How long it took; the only number that differs when all else is the same';
comment on column comparison.model.reason is 'Why there is no fit';

-- Answers: one row an estimate, with everything needed to read it years later.
create schema comparison;
comment on schema comparison is 'Comparisons of treatment with control, one row an estimate';

-- Grain: one row per run, outcome, interval or period, site, arm, method, variant and quantity.
create table comparison.estimate (
    run_id          bigint not null,
    snapshot_id     bigint not null references warehouse.snapshot,
    study_code      text   not null,
    outcome_code    text   not null,
    interval_code   text,
    period_code     text,
    site_code       text   not null,
    arm_code        text,
    population      text   not null,
    tier            text   not null,
    method          text   not null,
    variant         text   not null,
    quantity        text   not null,
    at_value        double precision,
    variable        text,
    stratum         text,
    estimate        double precision,
    std_error       double precision,
    df              double precision,
    statistic       double precision,
    p_value         double precision,
    p_adjusted      double precision,
    ci_low          double precision,
    ci_high         double precision,
    ci_level        double precision,
    n_treatment     integer,
    n_control       integer,
    options         jsonb  not null default '{}',
    definition_hash text   not null,
    reason          text,
    constraint estimate_or_reason check ((estimate is null) = (reason is not null)),
    constraint never_nan check (estimate <> 'NaN' and std_error <> 'NaN' and p_value <> 'NaN' and ci_low <> 'NaN' and ci_high <> 'NaN')
);
create index on comparison.estimate (run_id, outcome_code, interval_code);
comment on table comparison.estimate is 'One row an estimate; a quantity that cannot be estimated has a reason instead';
comment on column comparison.estimate.run_id is 'Run that computed it';
comment on column comparison.estimate.snapshot_id is 'Snapshot of the data it was computed from';
comment on column comparison.estimate.study_code is 'Study';
comment on column comparison.estimate.outcome_code is 'Outcome';
comment on column comparison.estimate.interval_code is 'Interval, for point measures';
comment on column comparison.estimate.period_code is 'Period, for events and durations';
comment on column comparison.estimate.site_code is 'Site; ALL over sites';
comment on column comparison.estimate.arm_code is 'Arm, for quantities of one arm';
comment on column comparison.estimate.population is 'Who is in it: randomised, as allocated';
comment on column comparison.estimate.tier is 'Tier of the outcome';
comment on column comparison.estimate.method is 'Method; each has a page in the documentation';
comment on column comparison.estimate.variant is 'Which form of the method, and endpoint';
comment on column comparison.estimate.quantity is 'What the number is';
comment on column comparison.estimate.at_value is 'Month, for points of a curve';
comment on column comparison.estimate.variable is 'Term of a model';
comment on column comparison.estimate.stratum is 'Stratum';
comment on column comparison.estimate.estimate is 'The number; differences are treatment minus control';
comment on column comparison.estimate.std_error is 'Its standard error';
comment on column comparison.estimate.df is 'Degrees of freedom';
comment on column comparison.estimate.statistic is 'Test statistic';
comment on column comparison.estimate.p_value is 'Two-sided p';
comment on column comparison.estimate.p_adjusted is 'p adjusted within its family, where it belongs to one';
comment on column comparison.estimate.ci_low is 'Lower limit';
comment on column comparison.estimate.ci_high is 'Upper limit';
comment on column comparison.estimate.ci_level is 'Level of the interval';
comment on column comparison.estimate.n_treatment is 'People of the treatment arm in it';
comment on column comparison.estimate.n_control is 'People of the control arm in it';
comment on column comparison.estimate.options is 'Settings of the method';
comment on column comparison.estimate.definition_hash is 'Definitions it was computed by';
comment on column comparison.estimate.reason is 'Why there is no estimate';

-- Grain: one row per run whose comparisons are complete.
create table comparison.result (
    run_id          bigint      primary key,
    snapshot_id     bigint      not null references warehouse.snapshot,
    study_code      text        not null,
    definition_hash text        not null,
    program_version text        not null,
    estimates       bigint      not null,
    computed_at     timestamptz not null
);
comment on table comparison.result is 'Runs whose comparisons are complete; the latest of a study is current';
comment on column comparison.result.run_id is 'Run';
comment on column comparison.result.snapshot_id is 'Snapshot compared';
comment on column comparison.result.study_code is 'Study';
comment on column comparison.result.definition_hash is 'Definitions compared by';
comment on column comparison.result.program_version is 'Version of the program';
comment on column comparison.result.estimates is 'Rows in comparison.estimate';
comment on column comparison.result.computed_at is 'When';

-- Grain: one row per set of results that left the installation.
create table comparison.release (
    release_id   bigint generated always as identity primary key,
    snapshot_id  bigint      not null references warehouse.snapshot,
    kind         text        not null,
    created_at   timestamptz not null,
    requested_by text        not null,
    sha256       text        not null,
    status       text        not null check (status in ('released', 'redacted'))
);
comment on table comparison.release is 'What left the installation: reports and exports';
comment on column comparison.release.release_id is 'Names the release';
comment on column comparison.release.snapshot_id is 'Snapshot it shows';
comment on column comparison.release.kind is 'report or export';
comment on column comparison.release.created_at is 'When';
comment on column comparison.release.requested_by is 'By whom';
comment on column comparison.release.sha256 is 'SHA-256 of what left';
comment on column comparison.release.status is 'released; redacted when a participant in it was erased since';

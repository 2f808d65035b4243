-- Published facts, by snapshot: the only source for analysis. Analysts read the views of db/view.
-- Rows are in force from snapshot_from up to snapshot_to; a snapshot is visible once published.
create schema warehouse;
comment on schema warehouse is 'Published facts by snapshot; read the views';

-- Grain: one row per snapshot of a study.
create table warehouse.snapshot (
    snapshot_id     bigint generated always as identity primary key,
    run_id          bigint      not null,
    study_code      text        not null,
    published_at    timestamptz,
    content_hash    text,
    definition_hash text        not null,
    program_version text        not null,
    status          text        not null check (status in ('building', 'published', 'redacted')),
    participants    integer,
    changed         integer
);
create index on warehouse.snapshot (study_code, snapshot_id) where status <> 'building';
comment on table warehouse.snapshot is 'One row per state of a study''s data that was published';
comment on column warehouse.snapshot.snapshot_id is 'Names the snapshot; later ones are greater';
comment on column warehouse.snapshot.run_id is 'Run that made it';
comment on column warehouse.snapshot.study_code is 'Study';
comment on column warehouse.snapshot.published_at is 'When it became visible';
comment on column warehouse.snapshot.content_hash is 'SHA-256 over the participants'' content hashes: equal data give equal hashes, on any machine';
comment on column warehouse.snapshot.definition_hash is 'SHA-256 of the definitions it was made with; their text is in warehouse.definition';
comment on column warehouse.snapshot.program_version is 'Version of the program that made it';
comment on column warehouse.snapshot.status is 'building: invisible; published; redacted: a participant was erased from it';
comment on column warehouse.snapshot.participants is 'Participants in it';
comment on column warehouse.snapshot.changed is 'Participants that differ from the snapshot before';

-- Grain: one row per definition file of a bundle.
create table warehouse.definition (
    definition_hash text not null,
    kind_and_code   text not null,
    canonical_text  text not null,
    primary key (definition_hash, kind_and_code)
);
comment on table warehouse.definition is 'The definitions behind each snapshot, word for word';
comment on column warehouse.definition.definition_hash is 'SHA-256 over all texts of the bundle';
comment on column warehouse.definition.kind_and_code is 'Which file: study/mbt-tau, instrument/BDI-II, site/lindholm';
comment on column warehouse.definition.canonical_text is 'Its text';

-- Grain: one row per site of a study. Rewritten at each publication.
create table warehouse.site (
    study_code text    not null,
    site_code  text    not null,
    name       text    not null,
    randomised boolean not null,
    comparator text    not null,
    primary key (study_code, site_code)
);
comment on table warehouse.site is 'Sites of a study';
comment on column warehouse.site.study_code is 'Study';
comment on column warehouse.site.site_code is 'Site';
comment on column warehouse.site.name is 'Its name';
comment on column warehouse.site.randomised is 'Whether allocation was random there';
comment on column warehouse.site.comparator is 'What its control arm is offered, by class';

-- Grain: one row per arm of a study.
create table warehouse.arm (
    study_code text not null,
    arm_code   text not null,
    name       text not null,
    role       text not null check (role in ('treatment', 'control')),
    primary key (study_code, arm_code)
);
comment on table warehouse.arm is 'Arms of a study';
comment on column warehouse.arm.study_code is 'Study';
comment on column warehouse.arm.arm_code is 'Arm';
comment on column warehouse.arm.name is 'Its name';
comment on column warehouse.arm.role is 'Effects are treatment minus control';

-- Grain: one row per planned interval of a study, with its window in days from time zero.
create table warehouse.interval (
    study_code    text    not null,
    interval_code text    not null,
    name          text    not null,
    month         integer not null,
    target_day    integer not null,
    from_day      integer not null,
    to_day        integer not null,
    primary key (study_code, interval_code)
);
comment on table warehouse.interval is 'Planned follow-up points with their windows, in days from time zero';
comment on column warehouse.interval.study_code is 'Study';
comment on column warehouse.interval.interval_code is 'Interval';
comment on column warehouse.interval.name is 'Its name';
comment on column warehouse.interval.month is 'Months from time zero';
comment on column warehouse.interval.target_day is 'The month in days: months times 30.4375, rounded';
comment on column warehouse.interval.from_day is 'First day of the window';
comment on column warehouse.interval.to_day is 'Day after the last of the window';

-- Grain: one row per outcome of a study.
create table warehouse.outcome (
    study_code      text not null,
    outcome_code    text not null,
    name            text not null,
    type            text not null,
    direction       text not null check (direction in ('lower_is_better', 'higher_is_better')),
    tier            text not null check (tier in ('primary', 'secondary', 'exploratory')),
    unit            text not null,
    instrument_code text not null,
    scale_code      text not null,
    primary key (study_code, outcome_code)
);
comment on table warehouse.outcome is 'What is compared between arms';
comment on column warehouse.outcome.study_code is 'Study';
comment on column warehouse.outcome.outcome_code is 'Outcome';
comment on column warehouse.outcome.name is 'Its name';
comment on column warehouse.outcome.type is 'Kind of number';
comment on column warehouse.outcome.direction is 'Which way is better for the participant';
comment on column warehouse.outcome.tier is 'primary, secondary or exploratory';
comment on column warehouse.outcome.unit is 'Unit of its value';
comment on column warehouse.outcome.instrument_code is 'Instrument it comes from';
comment on column warehouse.outcome.scale_code is 'Scale of that instrument';

-- Grain: one row per participant and version.
create table warehouse.participant_history (
    participant_key uuid   not null,
    study_code      text   not null,
    site_code       text   not null,
    arm_code        text,
    time_zero       date,
    anchors         jsonb  not null,
    factors         jsonb  not null,
    content_hash    bytea  not null,
    snapshot_from   bigint not null,
    snapshot_to     bigint,
    primary key (participant_key, snapshot_from)
);
comment on table warehouse.participant_history is 'Participants and their allocation, by snapshot';
comment on column warehouse.participant_history.participant_key is 'Participant, without identity';
comment on column warehouse.participant_history.study_code is 'Study';
comment on column warehouse.participant_history.site_code is 'Site';
comment on column warehouse.participant_history.arm_code is 'Arm as randomised; null when the site''s files do not say it, or contradict each other';
comment on column warehouse.participant_history.time_zero is 'Date that follow-up counts from';
comment on column warehouse.participant_history.anchors is 'Every anchor date the site has, by name';
comment on column warehouse.participant_history.factors is 'Participant facts that may adjust a comparison, by name';
comment on column warehouse.participant_history.content_hash is 'SHA-256 over everything published of the participant';
comment on column warehouse.participant_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.participant_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

create sequence warehouse.assessment_id as bigint increment by 1000;

-- Grain: one row per participant, instrument, occasion and version; its scores as arrays.
create table warehouse.assessment_history (
    assessment_id    bigint   not null primary key,
    participant_key  uuid     not null,
    study_code       text     not null,
    site_code        text     not null,
    instrument_code  text     not null,
    placement        text     not null check (placement in ('interval', 'unscheduled', 'no_time_zero')),
    interval_code    text,
    nominal_code     text,
    assessed_on      date,
    day              integer,
    submission_id    bigint   not null,
    line             integer  not null,
    stale            boolean  not null,
    item_values      smallint[] not null,
    item_reasons     bytea    not null,
    scale_codes      text[]   not null,
    score_values     double precision[] not null,
    score_reasons    text[]   not null,
    score_answered   smallint[] not null,
    score_sources    text[]   not null,
    snapshot_from    bigint   not null,
    snapshot_to      bigint
);
create index on warehouse.assessment_history (participant_key);
comment on table warehouse.assessment_history is 'Assessments with their scores, by snapshot';
comment on column warehouse.assessment_history.assessment_id is 'Names the row';
comment on column warehouse.assessment_history.participant_key is 'Participant';
comment on column warehouse.assessment_history.study_code is 'Study';
comment on column warehouse.assessment_history.site_code is 'Site';
comment on column warehouse.assessment_history.instrument_code is 'Instrument';
comment on column warehouse.assessment_history.placement is 'interval: inside a window; unscheduled: outside all; no_time_zero: cannot be placed';
comment on column warehouse.assessment_history.interval_code is 'Interval whose window holds it, by date where there is one';
comment on column warehouse.assessment_history.nominal_code is 'Interval the site''s visit name stands for';
comment on column warehouse.assessment_history.assessed_on is 'Date of the assessment';
comment on column warehouse.assessment_history.day is 'Days from time zero';
comment on column warehouse.assessment_history.submission_id is 'Submission its first item was read from';
comment on column warehouse.assessment_history.line is 'Line of that file, header = 1';
comment on column warehouse.assessment_history.stale is 'An earlier version, standing because the new one was refused';
comment on column warehouse.assessment_history.item_values is 'Answers by item number';
comment on column warehouse.assessment_history.item_reasons is 'One byte an item: why it is missing, 0 when it is there';
comment on column warehouse.assessment_history.scale_codes is 'Scales scored';
comment on column warehouse.assessment_history.score_values is 'Their scores; null when not to be had';
comment on column warehouse.assessment_history.score_reasons is 'Why a score is null; null when it is there';
comment on column warehouse.assessment_history.score_answered is 'Items answered of each scale';
comment on column warehouse.assessment_history.score_sources is 'items: computed here; site: the site''s own total';
comment on column warehouse.assessment_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.assessment_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

-- Grain: one row per participant, outcome and version, with one array element an interval.
-- One row a cell would be fifteen times as many rows for the same numbers; the view
-- warehouse.outcome_value gives one row a cell.
create table warehouse.outcome_series_history (
    participant_key uuid     not null,
    study_code      text     not null,
    site_code       text     not null,
    arm_code        text,
    outcome_code    text     not null,
    interval_codes  text[]   not null,
    cell_values     double precision[] not null,
    cell_days       integer[] not null,
    cell_reasons    text[]   not null,
    assessment_ids  bigint[] not null,
    snapshot_from   bigint   not null,
    snapshot_to     bigint
);
create index on warehouse.outcome_series_history (participant_key);
comment on table warehouse.outcome_series_history is 'Values of each outcome over the intervals, by snapshot';
comment on column warehouse.outcome_series_history.participant_key is 'Participant';
comment on column warehouse.outcome_series_history.study_code is 'Study';
comment on column warehouse.outcome_series_history.site_code is 'Site';
comment on column warehouse.outcome_series_history.arm_code is 'Arm as randomised';
comment on column warehouse.outcome_series_history.outcome_code is 'Outcome';
comment on column warehouse.outcome_series_history.interval_codes is 'Intervals of the study, in order';
comment on column warehouse.outcome_series_history.cell_values is 'Value at each interval; null when there is none';
comment on column warehouse.outcome_series_history.cell_days is 'Day of each value, from time zero';
comment on column warehouse.outcome_series_history.cell_reasons is 'State of each cell without a value; null when observed';
comment on column warehouse.outcome_series_history.assessment_ids is 'Assessment of each value';
comment on column warehouse.outcome_series_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.outcome_series_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

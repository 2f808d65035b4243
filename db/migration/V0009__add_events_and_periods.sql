-- Events, spells, observed time and care, by snapshot; outcomes over periods beside those at intervals.

-- Grain: one row per period of a study. Rewritten at each publication.
create table warehouse.period (
    study_code  text    not null,
    period_code text    not null,
    name        text    not null,
    from_month  integer not null,
    to_month    integer not null check (to_month > from_month),
    primary key (study_code, period_code)
);
comment on table warehouse.period is 'Spans of follow-up in which events are counted and time is measured';
comment on column warehouse.period.study_code is 'Study';
comment on column warehouse.period.period_code is 'Period';
comment on column warehouse.period.name is 'Its name';
comment on column warehouse.period.from_month is 'It begins on the day of this month mark, counted from time zero by the calendar';
comment on column warehouse.period.to_month is 'It ends the day before this month mark';

alter table warehouse.outcome
    alter column instrument_code drop not null,
    alter column scale_code drop not null,
    add column source text not null default 'a scale';
comment on column warehouse.outcome.instrument_code is 'Instrument it comes from; null where it comes from no scale';
comment on column warehouse.outcome.scale_code is 'Scale of that instrument';
comment on column warehouse.outcome.source is 'Where its values come from, in words';

alter table warehouse.outcome_series_history
    alter column interval_codes drop not null,
    add column period_codes text[],
    add column cell_endings smallint[] not null default '{}',
    add column cell_exposures double precision[] not null default '{}',
    add constraint intervals_or_periods check ((interval_codes is null) <> (period_codes is null));
update warehouse.outcome_series_history
set cell_endings = array_fill(null::smallint, array[cardinality(cell_values)]),
    cell_exposures = array_fill(null::double precision, array[cardinality(cell_values)]);
comment on column warehouse.outcome_series_history.interval_codes is 'Intervals of the study, in order; null for an outcome of periods';
comment on column warehouse.outcome_series_history.period_codes is 'Periods of the outcome, in order; null for an outcome of intervals';
comment on column warehouse.outcome_series_history.cell_endings is 'Whether it happened: 1 it did, 0 it did not (a time was censored), 2 a time ended with a death that is not the event; null for scores, counts and durations';
comment on column warehouse.outcome_series_history.cell_exposures is 'Days in which it would have been known; null at intervals';

-- Grain: one row per participant and dated event, as the site sent it, with where it belongs, and version.
create table warehouse.event_history (
    participant_key uuid   not null,
    study_code      text   not null,
    site_code       text   not null,
    kind            text   not null,
    detail          text,
    from_on         date   not null,
    to_on           date   not null,
    times           integer not null,
    placement       text   not null check (placement in
                    ('counted', 'none_stated', 'repeated', 'before_time_zero', 'after_follow_up', 'not_observed', 'no_time_zero')),
    day             integer,
    submission_id   bigint not null,
    line            integer not null,
    stale           boolean not null,
    snapshot_from   bigint not null,
    snapshot_to     bigint
);
create index on warehouse.event_history (participant_key);
comment on table warehouse.event_history is 'Events with where they belong: every one has just one placement, by snapshot';
comment on column warehouse.event_history.participant_key is 'Participant, without identity';
comment on column warehouse.event_history.study_code is 'Study';
comment on column warehouse.event_history.site_code is 'Site';
comment on column warehouse.event_history.kind is 'Kind of event';
comment on column warehouse.event_history.detail is 'Which within the kind, such as the cause of a death';
comment on column warehouse.event_history.from_on is 'First day it can have happened on';
comment on column warehouse.event_history.to_on is 'Last day it can have happened on';
comment on column warehouse.event_history.times is 'How often; 0 where the site says that there was none in the span';
comment on column warehouse.event_history.placement is 'counted: inside the time at risk; none_stated: the site says that there was none in the span; repeated: another submission tells of the same; before_time_zero; after_follow_up: after death, withdrawal, last contact or export; not_observed: while its kind was not ascertained; no_time_zero';
comment on column warehouse.event_history.day is 'Days from time zero that it counts at: the middle of an open span';
comment on column warehouse.event_history.submission_id is 'Submission it was read from';
comment on column warehouse.event_history.line is 'Line of that file, header = 1';
comment on column warehouse.event_history.stale is 'An earlier version, standing because the new one was refused';
comment on column warehouse.event_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.event_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

-- Grain: one row per participant and span of time in a state, as the site sent it, and version.
create table warehouse.spell_history (
    participant_key uuid   not null,
    study_code      text   not null,
    site_code       text   not null,
    kind            text   not null,
    detail          text,
    from_on         date   not null,
    to_on           date,
    days            integer,
    placement       text   not null check (placement in
                    ('counted', 'none_stated', 'repeated', 'before_time_zero', 'after_follow_up', 'not_observed', 'no_time_zero')),
    day             integer,
    submission_id   bigint not null,
    line            integer not null,
    stale           boolean not null,
    snapshot_from   bigint not null,
    snapshot_to     bigint
);
create index on warehouse.spell_history (participant_key);
comment on table warehouse.spell_history is 'Spells: hospital stays, courses of medication, jobs, with where they belong, by snapshot';
comment on column warehouse.spell_history.participant_key is 'Participant, without identity';
comment on column warehouse.spell_history.study_code is 'Study';
comment on column warehouse.spell_history.site_code is 'Site';
comment on column warehouse.spell_history.kind is 'Kind of spell';
comment on column warehouse.spell_history.detail is 'Class within the kind, such as the class of a drug';
comment on column warehouse.spell_history.from_on is 'First day';
comment on column warehouse.spell_history.to_on is 'Last day; null while it goes on';
comment on column warehouse.spell_history.days is 'How many days of the span counted, where a site sends no more; null when all do';
comment on column warehouse.spell_history.placement is 'counted: inside the time at risk; none_stated: the site says that there was none in the span; repeated: another submission tells of the same; before_time_zero; after_follow_up: after death, withdrawal, last contact or export; not_observed: while its kind was not ascertained; no_time_zero';
comment on column warehouse.spell_history.day is 'Days from time zero of its first day';
comment on column warehouse.spell_history.submission_id is 'Submission it was read from';
comment on column warehouse.spell_history.line is 'Line of that file, header = 1';
comment on column warehouse.spell_history.stale is 'An earlier version, standing because the new one was refused';
comment on column warehouse.spell_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.spell_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

-- Grain: one row per participant and span in which a kind of event or spell would have been known, and version.
create table warehouse.observation_time_history (
    participant_key uuid   not null,
    study_code      text   not null,
    site_code       text   not null,
    kind            text   not null,
    from_on         date   not null,
    to_on           date   not null,
    source          text   not null check (source in ('recall', 'notes', 'register')),
    submission_id   bigint not null,
    line            integer not null,
    stale           boolean not null,
    snapshot_from   bigint not null,
    snapshot_to     bigint
);
create index on warehouse.observation_time_history (participant_key);
comment on table warehouse.observation_time_history is 'Time in which events would have been known; without it, no event is no evidence, by snapshot';
comment on column warehouse.observation_time_history.participant_key is 'Participant, without identity';
comment on column warehouse.observation_time_history.study_code is 'Study';
comment on column warehouse.observation_time_history.site_code is 'Site';
comment on column warehouse.observation_time_history.kind is 'Kind of event or spell';
comment on column warehouse.observation_time_history.from_on is 'First day';
comment on column warehouse.observation_time_history.to_on is 'Last day';
comment on column warehouse.observation_time_history.source is 'How it was ascertained';
comment on column warehouse.observation_time_history.submission_id is 'Submission it was read from';
comment on column warehouse.observation_time_history.line is 'Line of that file, header = 1';
comment on column warehouse.observation_time_history.stale is 'An earlier version, standing because the new one was refused';
comment on column warehouse.observation_time_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.observation_time_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

-- Grain: one row per participant and span of care by one therapist or in one group, and version.
create table warehouse.care_episode_history (
    participant_key uuid   not null,
    study_code      text   not null,
    site_code       text   not null,
    modality        text   not null,
    therapist       text,
    therapy_group   text,
    from_on         date   not null,
    to_on           date,
    sessions        integer,
    submission_id   bigint not null,
    line            integer not null,
    stale           boolean not null,
    snapshot_from   bigint not null,
    snapshot_to     bigint
);
create index on warehouse.care_episode_history (participant_key);
comment on table warehouse.care_episode_history is 'Care given: by whom, in which group, how much, by snapshot';
comment on column warehouse.care_episode_history.participant_key is 'Participant, without identity';
comment on column warehouse.care_episode_history.study_code is 'Study';
comment on column warehouse.care_episode_history.site_code is 'Site';
comment on column warehouse.care_episode_history.modality is 'What it was: individual, group, case management';
comment on column warehouse.care_episode_history.therapist is 'The site''s code of the therapist';
comment on column warehouse.care_episode_history.therapy_group is 'The site''s code of the therapy group or team';
comment on column warehouse.care_episode_history.from_on is 'First day';
comment on column warehouse.care_episode_history.to_on is 'Last day; null while it goes on';
comment on column warehouse.care_episode_history.sessions is 'Sessions attended';
comment on column warehouse.care_episode_history.submission_id is 'Submission it was read from';
comment on column warehouse.care_episode_history.line is 'Line of that file, header = 1';
comment on column warehouse.care_episode_history.stale is 'An earlier version, standing because the new one was refused';
comment on column warehouse.care_episode_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.care_episode_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

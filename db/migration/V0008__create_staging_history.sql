-- What happened to participants, as read: events, spells, the time in which they were looked for, and care.

-- Grain: one row per event of a row of a file; where a row counts events within a span, one row with the count.
create table staging.event (
    submission_id        bigint  not null,
    source_submission_id bigint  not null,
    participant_key      uuid    not null,
    event_kind           text    not null,
    detail               text,
    from_day             date    not null,
    to_day               date    not null,
    event_count          integer not null,
    line                 integer not null,
    stale                boolean not null default false,
    check (from_day <= to_day and event_count >= 0)
);
create index on staging.event (submission_id, participant_key);
comment on table staging.event is 'Things that happened to participants, on a day or so many times in a span, as read from files';
comment on column staging.event.submission_id is 'Submission through which it counts';
comment on column staging.event.source_submission_id is 'Submission whose file it was read from; differs when an earlier version was left standing';
comment on column staging.event.participant_key is 'Participant';
comment on column staging.event.event_kind is 'What happened, as studies name it';
comment on column staging.event.detail is 'What kind within the kind, such as the cause of a death';
comment on column staging.event.from_day is 'First day it can have happened on';
comment on column staging.event.to_day is 'Last day it can have happened on; the same day where it is known';
comment on column staging.event.event_count is 'How often; 0 where the site states that it did not happen in the span';
comment on column staging.event.line is 'Line of the file, header = 1';
comment on column staging.event.stale is 'An earlier version, standing because the new one was refused';

-- Grain: one row per spell of a row of a file, and class within its kind.
create table staging.spell (
    submission_id        bigint  not null,
    source_submission_id bigint  not null,
    participant_key      uuid    not null,
    spell_kind           text    not null,
    detail               text,
    from_day             date    not null,
    to_day               date,
    days                 integer,
    line                 integer not null,
    stale                boolean not null default false,
    check (from_day <= to_day and days >= 0)
);
create index on staging.spell (submission_id, participant_key);
comment on table staging.spell is 'Times that participants spent in one state, as read from files';
comment on column staging.spell.submission_id is 'Submission through which it counts';
comment on column staging.spell.source_submission_id is 'Submission whose file it was read from; differs when an earlier version was left standing';
comment on column staging.spell.participant_key is 'Participant';
comment on column staging.spell.spell_kind is 'What state, as studies name it';
comment on column staging.spell.detail is 'Class within the kind, such as the class of a drug';
comment on column staging.spell.from_day is 'First day';
comment on column staging.spell.to_day is 'Last day; null while it goes on';
comment on column staging.spell.days is 'How many days of the span counted, where the site tells only that; null when the whole span does';
comment on column staging.spell.line is 'Line of the file, header = 1';
comment on column staging.spell.stale is 'An earlier version, standing because the new one was refused';

-- Grain: one row per kind looked for and span of a row of a file.
create table staging.observed_span (
    submission_id        bigint  not null,
    source_submission_id bigint  not null,
    participant_key      uuid    not null,
    kind                 text    not null,
    from_day             date    not null,
    to_day               date    not null,
    source               text    not null check (source in ('recall', 'notes', 'register')),
    line                 integer not null,
    stale                boolean not null default false,
    check (from_day <= to_day)
);
create index on staging.observed_span (submission_id, participant_key);
comment on table staging.observed_span is 'Times in which a kind of event or spell was looked for: what is not reported then did not happen';
comment on column staging.observed_span.submission_id is 'Submission through which it counts';
comment on column staging.observed_span.source_submission_id is 'Submission whose file it was read from; differs when an earlier version was left standing';
comment on column staging.observed_span.participant_key is 'Participant';
comment on column staging.observed_span.kind is 'Kind of event or spell';
comment on column staging.observed_span.from_day is 'First day';
comment on column staging.observed_span.to_day is 'Last day';
comment on column staging.observed_span.source is 'How it was found out: recall, notes or register';
comment on column staging.observed_span.line is 'Line of the file, header = 1';
comment on column staging.observed_span.stale is 'An earlier version, standing because the new one was refused';

-- Grain: one row per episode of care of a row of a file.
create table staging.care_episode (
    submission_id        bigint  not null,
    source_submission_id bigint  not null,
    participant_key      uuid    not null,
    modality             text    not null,
    therapist            text,
    care_group           text,
    from_day             date    not null,
    to_day               date,
    sessions             integer,
    line                 integer not null,
    stale                boolean not null default false,
    check (from_day <= to_day and sessions >= 0)
);
create index on staging.care_episode (submission_id, participant_key);
comment on table staging.care_episode is 'Care that participants were given, as read from files';
comment on column staging.care_episode.submission_id is 'Submission through which it counts';
comment on column staging.care_episode.source_submission_id is 'Submission whose file it was read from; differs when an earlier version was left standing';
comment on column staging.care_episode.participant_key is 'Participant';
comment on column staging.care_episode.modality is 'What it was, as studies name it';
comment on column staging.care_episode.therapist is 'The site''s own code of the therapist';
comment on column staging.care_episode.care_group is 'The site''s own code of the therapy group or team';
comment on column staging.care_episode.from_day is 'First day';
comment on column staging.care_episode.to_day is 'Last day; null while it goes on';
comment on column staging.care_episode.sessions is 'Sessions attended';
comment on column staging.care_episode.line is 'Line of the file, header = 1';
comment on column staging.care_episode.stale is 'An earlier version, standing because the new one was refused';

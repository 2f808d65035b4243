-- All that a block of a file says of what happened to a participant in one row: a night writes, sorts, compares and reads a
-- thirtieth of the rows. Views with the tables' names give one row an event, spell, span or episode, as they did.
alter table staging.event rename to old_event;
alter table staging.spell rename to old_spell;
alter table staging.observed_span rename to old_observed_span;
alter table staging.care_episode rename to old_care_episode;

-- Grain: one row per participant and block of a file; more where it would not fit on a page.
create table staging.history_packet (
    submission_id        bigint    not null,
    source_submission_id bigint    not null,
    participant_key      uuid      not null,
    stale                boolean   not null default false,
    goes_on              boolean   not null default false,
    repeats              boolean   not null default false,
    record_letters       text      not null,
    record_tables        text      not null check (record_tables ~ '^[esoc]+$'),
    names                text[]    not null,
    details              text[]    not null,
    therapists           text[]    not null,
    care_groups          text[]    not null,
    from_days            date[]    not null,
    to_days              date[]    not null,
    numbers              integer[] not null check (0 <= all (numbers)),
    line_letters         text      not null,
    lines                integer[] not null,
    row_keys             text[]    not null,
    replaced_letters     text
);
-- A row fits on a page; compressing and taking apart what is read as a whole costs more than it saves.
alter table staging.history_packet set (toast_tuple_target = 8160);
comment on table staging.history_packet is 'What one block of a file says of what happened to one participant, a letter or an array element an event, spell, span observed or episode of care; staging.event, staging.spell, staging.observed_span and staging.care_episode show them one by one';
comment on column staging.history_packet.submission_id is 'Submission through which they count';
comment on column staging.history_packet.source_submission_id is 'Submission whose file they were read from; differs when an earlier version was left standing';
comment on column staging.history_packet.participant_key is 'Participant';
comment on column staging.history_packet.stale is 'An earlier version, standing because the new one was refused';
comment on column staging.history_packet.goes_on is 'Whether it goes on where another row of the same block ends';
comment on column staging.history_packet.repeats is 'Whether two of the block are about the same thing';
comment on column staging.history_packet.record_letters is 'A letter an event, spell, span or episode for what it is: a for the first table, name, detail, therapist and group, b for the second';
comment on column staging.history_packet.record_tables is 'A letter each: e event, s spell, o time observed, c care';
comment on column staging.history_packet.names is 'Kinds and modalities, a letter each';
comment on column staging.history_packet.details is 'Kinds within the kind, and how time was observed, a letter each; null where there is none';
comment on column staging.history_packet.therapists is 'The site''s own codes of therapists, a letter each; null where there is none';
comment on column staging.history_packet.care_groups is 'The site''s own codes of therapy groups or teams, a letter each; null where there is none';
comment on column staging.history_packet.from_days is 'First day of each';
comment on column staging.history_packet.to_days is 'Last day of each; null while it goes on';
comment on column staging.history_packet.numbers is 'How often an event, how many days of a spell, how many sessions of care; null where none was told';
comment on column staging.history_packet.line_letters is 'A letter each for the line of the file: a for the first of lines, b for the second';
comment on column staging.history_packet.lines is 'Lines of the file, header = 1';
comment on column staging.history_packet.row_keys is 'What tells each of these lines from the participant''s others by the mapping''s row_key; lines with the same are told apart by their order';
comment on column staging.history_packet.replaced_letters is 'A letter a line: r where a later increment has a row of the same key, so that it no longer counts, a point for the others; null when there are only others';

with record as (
    select submission_id, source_submission_id, participant_key, stale, 'e' as record_table, event_kind as name, detail,
           null::text as therapist, null::text as care_group, from_day, to_day, event_count as number, line, row_key, replaced
    from staging.old_event
    union all
    select submission_id, source_submission_id, participant_key, stale, 's', spell_kind, detail, null, null, from_day, to_day,
           days, line, row_key, replaced
    from staging.old_spell
    union all
    select submission_id, source_submission_id, participant_key, stale, 'o', kind, source, null, null, from_day, to_day, null,
           line, row_key, replaced
    from staging.old_observed_span
    union all
    select submission_id, source_submission_id, participant_key, stale, 'c', modality, null, therapist, care_group, from_day,
           to_day, sessions, line, row_key, replaced
    from staging.old_care_episode
),
placed as (
    select r.*, row_number() over (partition by r.submission_id, r.source_submission_id, r.participant_key, r.stale
                                   order by r.line, r.record_table, r.name, r.detail, r.from_day) - 1 as place
    from record r
),
-- As many as fit on a page.
lettered as (
    select p.*, p.place / 100 as packet,
           dense_rank() over (w order by p.record_table, p.name, p.detail, p.therapist, p.care_group)::integer as letter,
           dense_rank() over (w order by p.line, p.row_key, p.replaced)::integer as line_letter
    from placed p
    window w as (partition by p.submission_id, p.source_submission_id, p.participant_key, p.stale, p.place / 100)
),
told as (
    select l.*,
           row_number() over (partition by l.submission_id, l.source_submission_id, l.participant_key, l.stale, l.packet, l.letter
                              order by l.place) = 1 as first_of_letter,
           row_number() over (partition by l.submission_id, l.source_submission_id, l.participant_key, l.stale, l.packet, l.line_letter
                              order by l.place) = 1 as first_of_line
    from lettered l
)
insert into staging.history_packet (submission_id, source_submission_id, participant_key, stale, goes_on, record_letters,
    record_tables, names, details, therapists, care_groups, from_days, to_days, numbers, line_letters, lines, row_keys,
    replaced_letters)
select t.submission_id, t.source_submission_id, t.participant_key, t.stale, t.packet > 0,
       string_agg(chr(96 + t.letter), '' order by t.place),
       string_agg(t.record_table, '' order by t.letter) filter (where t.first_of_letter),
       array_agg(t.name order by t.letter) filter (where t.first_of_letter),
       array_agg(t.detail order by t.letter) filter (where t.first_of_letter),
       array_agg(t.therapist order by t.letter) filter (where t.first_of_letter),
       array_agg(t.care_group order by t.letter) filter (where t.first_of_letter),
       array_agg(t.from_day order by t.place), array_agg(t.to_day order by t.place), array_agg(t.number order by t.place),
       string_agg(chr(96 + t.line_letter), '' order by t.place),
       array_agg(t.line order by t.line_letter) filter (where t.first_of_line),
       array_agg(t.row_key order by t.line_letter) filter (where t.first_of_line),
       case when bool_or(t.replaced)
            then string_agg(case when t.replaced then 'r' else '.' end, '' order by t.line_letter) filter (where t.first_of_line) end
from told t
group by t.submission_id, t.source_submission_id, t.participant_key, t.stale, t.packet;
create index on staging.history_packet (submission_id, participant_key);
drop table staging.old_event, staging.old_spell, staging.old_observed_span, staging.old_care_episode;

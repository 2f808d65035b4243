-- A participant's events, spells, observed time and care in one row, as their assessments are: a night writes a thirtieth of
-- the rows, and no index entry for each. Views with the tables' names give one row a record, as they did.
drop view if exists warehouse.event cascade;
drop view if exists warehouse.spell cascade;
drop view if exists warehouse.observation_time cascade;
drop view if exists warehouse.care_episode cascade;
alter table warehouse.event_history rename to old_event;
alter table warehouse.spell_history rename to old_spell;
alter table warehouse.observation_time_history rename to old_observation_time;
alter table warehouse.care_episode_history rename to old_care_episode;

-- Grain: one row per participant and version; more where it would not fit on a page.
create table warehouse.record_series_history (
    participant_key    uuid      not null,
    study_code         text      not null,
    site_code          text      not null,
    record_letters     text      not null,
    record_tables      text      not null check (record_tables ~ '^[esoc]+$'),
    kinds              text[]    not null,
    details            text[]    not null,
    therapists         text[]    not null,
    therapy_groups     text[]    not null,
    from_on            date[]    not null,
    to_on              date[]    not null,
    numbers            integer[] not null,
    placement_letters  text      not null,
    placements         text[]    not null check (placements <@ array
                       ['counted', 'none_stated', 'repeated', 'before_time_zero', 'after_follow_up', 'not_observed', 'no_time_zero']),
    days               integer[] not null,
    counted            double precision[] not null,
    counted_from_on    date[]    not null,
    counted_to_on      date[]    not null,
    submission_letters text      not null,
    submission_ids     bigint[]  not null,
    lines              integer[] not null,
    stale_letters      text,
    snapshot_from      bigint    not null,
    snapshot_to        bigint
);
-- A row fits on a page; compressing and taking apart what is read as a whole costs more than it saves.
alter table warehouse.record_series_history set (toast_tuple_target = 8160);
comment on table warehouse.record_series_history is 'What happened to a participant, a letter or an array element an event, spell, span observed or episode of care, by snapshot; warehouse.event_history, spell_history, observation_time_history and care_episode_history show them one by one';
comment on column warehouse.record_series_history.participant_key is 'Participant, without identity';
comment on column warehouse.record_series_history.study_code is 'Study';
comment on column warehouse.record_series_history.site_code is 'Site';
comment on column warehouse.record_series_history.record_letters is 'A letter a record for what it is: a for the first table, kind, detail, therapist and group, b for the second';
comment on column warehouse.record_series_history.record_tables is 'A letter each: e event, s spell, o time observed, c care';
comment on column warehouse.record_series_history.kinds is 'Kinds and modalities, a letter each';
comment on column warehouse.record_series_history.details is 'Which within the kind, and how time was observed, a letter each; null where there is none';
comment on column warehouse.record_series_history.therapists is 'The site''s codes of therapists, a letter each; null where there is none';
comment on column warehouse.record_series_history.therapy_groups is 'The site''s codes of therapy groups or teams, a letter each; null where there is none';
comment on column warehouse.record_series_history.from_on is 'First day of each record';
comment on column warehouse.record_series_history.to_on is 'Last day of each; null while it goes on';
comment on column warehouse.record_series_history.numbers is 'How often an event, as told, how many days of a spell, how many sessions; null where none was told';
comment on column warehouse.record_series_history.placement_letters is 'A letter a record for its placement; a point for time observed and care';
comment on column warehouse.record_series_history.placements is 'Placements that occur in the row, as warehouse.event and warehouse.spell tell them';
comment on column warehouse.record_series_history.days is 'Days from time zero that an event counts at, or of a spell''s first day; null when unknown';
comment on column warehouse.record_series_history.counted is 'How often an event counts, how many days of a spell that was told as days; null for others';
comment on column warehouse.record_series_history.counted_from_on is 'First day that these days lie among; null for others';
comment on column warehouse.record_series_history.counted_to_on is 'Last day that they lie among';
comment on column warehouse.record_series_history.submission_letters is 'A letter a record for the submission it was read from';
comment on column warehouse.record_series_history.submission_ids is 'Those submissions';
comment on column warehouse.record_series_history.lines is 'Line of that file, header = 1, for each record';
comment on column warehouse.record_series_history.stale_letters is 'A letter a record: s for an earlier version, standing because the new one was refused, a point for the others; null when there are only others';
comment on column warehouse.record_series_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.record_series_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

with record as (
    select participant_key, study_code, site_code, 'e' as record_table, kind, detail, null::text as therapist,
           null::text as therapy_group, from_on, to_on, times as number, placement, day,
           counted_times::double precision as counted, null::date as counted_from_on, null::date as counted_to_on,
           submission_id, line, stale, snapshot_from, snapshot_to
    from warehouse.old_event
    union all
    select participant_key, study_code, site_code, 's', kind, detail, null, null, from_on, to_on, days, placement, day,
           counted_days, counted_from_on, counted_to_on, submission_id, line, stale, snapshot_from, snapshot_to
    from warehouse.old_spell
    union all
    select participant_key, study_code, site_code, 'o', kind, source, null, null, from_on, to_on, null, null, null, null, null,
           null, submission_id, line, stale, snapshot_from, snapshot_to
    from warehouse.old_observation_time
    union all
    select participant_key, study_code, site_code, 'c', modality, null, therapist, therapy_group, from_on, to_on, sessions,
           null, null, null, null, null, submission_id, line, stale, snapshot_from, snapshot_to
    from warehouse.old_care_episode
),
placed as (
    select r.*, row_number() over (partition by r.participant_key, r.study_code, r.site_code, r.snapshot_from, r.snapshot_to
                                   order by r.record_table, r.from_on, r.kind, r.line, r.detail) - 1 as place
    from record r
),
-- As many as fit on a page.
lettered as (
    select p.*, p.place / 100 as part,
           dense_rank() over (w order by p.record_table, p.kind, p.detail, p.therapist, p.therapy_group)::integer as letter,
           dense_rank() over (w order by p.placement nulls last)::integer as placement_letter,
           dense_rank() over (w order by p.submission_id)::integer as submission_letter
    from placed p
    window w as (partition by p.participant_key, p.study_code, p.site_code, p.snapshot_from, p.snapshot_to, p.place / 100)
),
told as (
    select l.*,
           row_number() over (partition by l.participant_key, l.study_code, l.site_code, l.snapshot_from, l.snapshot_to, l.part,
                              l.letter order by l.place) = 1 as first_of_letter,
           l.placement is not null and row_number() over (partition by l.participant_key, l.study_code, l.site_code, l.snapshot_from,
                              l.snapshot_to, l.part, l.placement_letter order by l.place) = 1 as first_of_placement,
           row_number() over (partition by l.participant_key, l.study_code, l.site_code, l.snapshot_from, l.snapshot_to, l.part,
                              l.submission_letter order by l.place) = 1 as first_of_submission
    from lettered l
)
insert into warehouse.record_series_history (participant_key, study_code, site_code, record_letters, record_tables, kinds,
    details, therapists, therapy_groups, from_on, to_on, numbers, placement_letters, placements, days, counted,
    counted_from_on, counted_to_on, submission_letters, submission_ids, lines, stale_letters, snapshot_from, snapshot_to)
select t.participant_key, t.study_code, t.site_code,
       string_agg(chr(96 + t.letter), '' order by t.place),
       string_agg(t.record_table, '' order by t.letter) filter (where t.first_of_letter),
       array_agg(t.kind order by t.letter) filter (where t.first_of_letter),
       array_agg(t.detail order by t.letter) filter (where t.first_of_letter),
       array_agg(t.therapist order by t.letter) filter (where t.first_of_letter),
       array_agg(t.therapy_group order by t.letter) filter (where t.first_of_letter),
       array_agg(t.from_on order by t.place), array_agg(t.to_on order by t.place), array_agg(t.number order by t.place),
       string_agg(case when t.placement is null then '.' else chr(96 + t.placement_letter) end, '' order by t.place),
       coalesce(array_agg(t.placement order by t.placement_letter) filter (where t.first_of_placement), '{}'),
       array_agg(t.day order by t.place), array_agg(t.counted order by t.place), array_agg(t.counted_from_on order by t.place),
       array_agg(t.counted_to_on order by t.place),
       string_agg(chr(96 + t.submission_letter), '' order by t.place),
       array_agg(t.submission_id order by t.submission_letter) filter (where t.first_of_submission),
       array_agg(t.line order by t.place),
       case when bool_or(t.stale) then string_agg(case when t.stale then 's' else '.' end, '' order by t.place) end,
       t.snapshot_from, t.snapshot_to
from told t
group by t.participant_key, t.study_code, t.site_code, t.snapshot_from, t.snapshot_to, t.part;
create index on warehouse.record_series_history (participant_key);
create trigger keep_frozen after delete on warehouse.record_series_history
    referencing old table as gone for each statement execute function warehouse.keep_frozen();
drop table warehouse.old_event, warehouse.old_spell, warehouse.old_observation_time, warehouse.old_care_episode;

-- Nothing joins or filters by what is packed: its statistics, which autovacuum gathers beside a night, cost more than all
-- others.
do $$
declare
    packed record;
begin
    for packed in
        select a.attrelid::regclass as relation, a.attname
        from pg_attribute a
        where a.attrelid in ('staging.fragment_packet'::regclass, 'staging.history_packet'::regclass,
                             'warehouse.assessment_series_history'::regclass, 'warehouse.outcome_series_history'::regclass,
                             'warehouse.record_series_history'::regclass)
          and a.attnum > 0 and not a.attisdropped
          and a.attname not in ('submission_id', 'source_submission_id', 'participant_key', 'stale', 'study_code', 'site_code',
                                'arm_code', 'snapshot_from', 'snapshot_to')
    loop
        execute format('alter table %s alter column %I set statistics 0', packed.relation, packed.attname);
    end loop;
end $$;

-- The warehouse as analysts read it: the current snapshot of each study, or another one kept.
--   select warehouse.at(3);   -- from here on, this session reads snapshot 3
--   select warehouse.at(null);
-- Done after every change of the tables, which may have dropped these: ${flyway:timestamp}

-- Grain: no rows; sets what the views of this session show.
create or replace function warehouse.at(snapshot_id bigint) returns bigint
    language sql volatile
    return nullif(set_config('equipoise.snapshot', coalesce(snapshot_id::text, ''), false), '')::bigint;
comment on function warehouse.at(bigint) is 'Lets the views of this session show each study as of a snapshot; null for the current one';

-- Grain: one row per study, the snapshot this session reads. Who owns the tables, loads them or is of the monitoring
-- board sees arms always, others once the study is not ongoing.
create or replace view warehouse.current_snapshot as
select s.study_code, max(s.snapshot_id) as snapshot_id,
       pg_has_role('equipoise_dsmb', 'member') or pg_has_role('equipoise_loader', 'member')
       or pg_has_role((select t.relowner from pg_class t where t.oid = 'warehouse.snapshot'::regclass), 'member')
       or not exists (select from warehouse.study o where o.study_code = s.study_code and o.conduct = 'ongoing')
           as arms_shown
from warehouse.snapshot s
where s.status in ('published', 'redacted')
  and s.snapshot_id <= coalesce(nullif(current_setting('equipoise.snapshot', true), '')::bigint, 9223372036854775807)
group by s.study_code;
comment on column warehouse.current_snapshot.arms_shown is 'Whether this session sees who is in which arm: not while the study is ongoing, but for the monitoring board';
comment on view warehouse.current_snapshot is 'The snapshot that this session''s views show, one row a study';

-- Grain: one row per participant.
create or replace view warehouse.participant as
select p.participant_key, p.study_code, p.site_code
from warehouse.participant_history p
join warehouse.current_snapshot c on c.study_code = p.study_code
where p.snapshot_from <= c.snapshot_id and (p.snapshot_to is null or p.snapshot_to > c.snapshot_id);
comment on view warehouse.participant is 'Participants, without identity';

-- Grain: one row per participant.
create or replace view warehouse.allocation as
select p.participant_key, p.study_code, p.site_code, case when c.arms_shown then p.arm_code end as arm_code, p.time_zero,
       case when c.arms_shown then p.anchors else '{}' end as anchors, p.factors
from warehouse.participant_history p
join warehouse.current_snapshot c on c.study_code = p.study_code
where p.snapshot_from <= c.snapshot_id and (p.snapshot_to is null or p.snapshot_to > c.snapshot_id);
comment on view warehouse.allocation is 'Arm, time zero, anchor dates and strata of each participant';

-- Grain: one row per participant, instrument, occasion and version.
create or replace view warehouse.assessment_history as
select f.assessment_id, h.participant_key, h.study_code, h.site_code, h.instrument_codes[f.instrument] as instrument_code,
       h.placements[ascii(f.placement) - 96] as placement, h.interval_codes[ascii(f.interval) - 96] as interval_code,
       h.nominal_codes[ascii(f.nominal) - 96] as nominal_code, f.assessed_on, f.day,
       h.submission_ids[ascii(f.submission) - 96] as submission_id, f.line, coalesce(f.stale = 's', false) as stale,
       h.item_values[f.items_before + 1:f.items_before + f.items] as item_values,
       substr(h.item_reasons, f.items_before + 1, f.items) as item_reasons,
       h.score_values[f.scales_before + 1:f.scales_before + f.scales] as score_values,
       substr(h.score_reason_letters, f.scales_before + 1, f.scales) as score_reason_letters, h.score_reasons,
       h.score_answered[f.scales_before + 1:f.scales_before + f.scales] as score_answered,
       substr(h.score_source_letters, f.scales_before + 1, f.scales) as score_source_letters, h.score_sources,
       h.snapshot_from, h.snapshot_to
from warehouse.assessment_series_history h
cross join lateral (
    select l.*, c.instrument, c.items, c.scales,
           (sum(c.items) over w - c.items)::integer as items_before,
           (sum(c.scales) over w - c.scales)::integer as scales_before
    from unnest(h.assessment_ids, string_to_array(h.instrument_letters, null), string_to_array(h.placement_letters, null),
            string_to_array(h.interval_letters, null), string_to_array(h.nominal_letters, null), h.dates, h.days,
            string_to_array(h.submission_letters, null), h.lines, string_to_array(h.stale_letters, null))
        with ordinality as l (assessment_id, letter, placement, interval, nominal, assessed_on, day, submission, line, stale,
                              place)
    cross join lateral (
        select ascii(l.letter) - 96 as instrument, h.item_counts[ascii(l.letter) - 96] as items,
               h.scale_counts[ascii(l.letter) - 96] as scales
    ) c
    window w as (order by l.place)
) f;
comment on view warehouse.assessment_history is 'Assessments with their scores, of all snapshots';
comment on column warehouse.assessment_history.assessment_id is 'Names the row';
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
comment on column warehouse.assessment_history.item_reasons is 'One byte an item: why it is missing, 0 when it is there; null when all of the row it is stored in are there';
comment on column warehouse.assessment_history.score_values is 'Scores of its scales; null when not to be had';
comment on column warehouse.assessment_history.score_reason_letters is 'A letter a score for why it is null; a point when it is there';
comment on column warehouse.assessment_history.score_answered is 'Items answered of each scale';
comment on column warehouse.assessment_history.score_source_letters is 'A letter a score for where it is from; a point when it was computed here';

-- Grain: one row per participant, instrument and occasion.
create or replace view warehouse.assessment as
select a.assessment_id, a.participant_key, a.study_code, a.site_code, a.instrument_code, a.placement,
       a.interval_code, a.nominal_code, a.assessed_on, a.day, a.submission_id, a.line, a.stale, a.item_values,
       coalesce(a.item_reasons, decode(repeat('00', cardinality(a.item_values)), 'hex')) as item_reasons
from warehouse.assessment_history a
join warehouse.current_snapshot c on c.study_code = a.study_code
where a.snapshot_from <= c.snapshot_id and (a.snapshot_to is null or a.snapshot_to > c.snapshot_id);
comment on view warehouse.assessment is 'Assessments with their items, placement and source line';
comment on column warehouse.assessment.item_reasons is 'One byte an item: why it is missing, 0 when it is there';

-- Grain: one row per assessment and scale.
create or replace view warehouse.score as
select a.assessment_id, a.participant_key, a.study_code, a.site_code, a.instrument_code, a.interval_code, a.day,
       s.scale_code, s.value, a.score_reasons[ascii(s.reason) - 96] as reason, s.answered,
       coalesce(a.score_sources[ascii(s.source) - 96], 'items') as source
from warehouse.assessment_history a
join warehouse.current_snapshot c on c.study_code = a.study_code
join warehouse.score_frame f on f.snapshot_id = a.snapshot_from and f.instrument_code = a.instrument_code
cross join lateral unnest(f.scale_codes, a.score_values, string_to_array(a.score_reason_letters, null), a.score_answered,
        string_to_array(a.score_source_letters, null))
    as s (scale_code, value, reason, answered, source)
where a.snapshot_from <= c.snapshot_id and (a.snapshot_to is null or a.snapshot_to > c.snapshot_id);
comment on view warehouse.score is 'Scores, one row per assessment and scale; a score that is not to be had has a reason';

-- Grain: one row per participant, version and outcome; letters as in warehouse.outcome_series_history.
create or replace view warehouse.outcome_series as
select o.participant_key, o.study_code, o.site_code, o.arm_code, f.outcome_code, f.rule_version, f.interval_codes, f.period_codes,
       o.cell_values[f.first_cell:f.last_cell] as cell_values,
       o.cell_days[f.first_cell:f.last_cell] as cell_days,
       o.cell_endings[f.first_cell:f.last_cell] as cell_endings,
       o.cell_exposures[f.first_cell:f.last_cell] as cell_exposures,
       o.assessment_ids[f.first_cell:f.last_cell] as assessment_ids,
       substr(o.cell_reasons, f.first_cell, f.last_cell - f.first_cell + 1) as cell_reasons, o.reasons,
       substr(o.cell_crosswalks, f.first_cell, f.last_cell - f.first_cell + 1) as cell_crosswalks, o.crosswalks,
       o.snapshot_from, o.snapshot_to,
       o.cell_conversion_ses[f.first_cell:f.last_cell] as cell_conversion_ses
from warehouse.outcome_series_history o
join warehouse.series_frame f on f.snapshot_id = o.snapshot_from;
comment on view warehouse.outcome_series is 'The cells of each participant and outcome as arrays, of all snapshots';

-- Grain: one row per participant, outcome and interval or period.
create or replace view warehouse.outcome_value as
select o.study_code, o.participant_key, o.site_code, case when c.arms_shown then o.arm_code end as arm_code, o.outcome_code,
       v.interval_code, v.period_code, v.value, v.ending = 1 as event, v.exposure_days::double precision, v.day,
       o.reasons[ascii(v.reason) - 96] as reason, v.assessment_id,
       o.crosswalks[ascii(v.crosswalk) - 96] as crosswalk, x.approximate, o.rule_version, v.conversion_se,
       case v.ending when 0 then 'censored' when 1 then 'event' when 2 then 'death' end as ending
from warehouse.outcome_series o
join warehouse.current_snapshot c on c.study_code = o.study_code
cross join lateral unnest(o.interval_codes, o.period_codes, o.cell_values, o.cell_endings, o.cell_exposures,
        o.cell_days, string_to_array(o.cell_reasons, null), o.assessment_ids, string_to_array(o.cell_crosswalks, null),
        o.cell_conversion_ses)
    as v (interval_code, period_code, value, ending, exposure_days, day, reason, assessment_id, crosswalk, conversion_se)
left join warehouse.crosswalk x on x.study_code = o.study_code and x.edition = o.crosswalks[ascii(v.crosswalk) - 96]
where o.snapshot_from <= c.snapshot_id and (o.snapshot_to is null or o.snapshot_to > c.snapshot_id);
comment on view warehouse.outcome_value is 'Where most analyses start: one row per participant, outcome and interval or period; a cell without a value has a reason';
comment on column warehouse.outcome_value.study_code is 'Study';
comment on column warehouse.outcome_value.participant_key is 'Participant, without identity';
comment on column warehouse.outcome_value.site_code is 'Site';
comment on column warehouse.outcome_value.arm_code is 'Arm as randomised';
comment on column warehouse.outcome_value.outcome_code is 'Outcome';
comment on column warehouse.outcome_value.interval_code is 'Interval, for outcomes at planned points';
comment on column warehouse.outcome_value.period_code is 'Period, for events and durations';
comment on column warehouse.outcome_value.value is 'The value, in the outcome''s unit; 1 or 0 for whether something happened; days for times';
comment on column warehouse.outcome_value.event is 'Whether it happened, for binary and time-to-event outcomes';
comment on column warehouse.outcome_value.exposure_days is 'Days in which it would have been known, for outcomes over periods';
comment on column warehouse.outcome_value.day is 'Days from time zero: of the assessment, the first event or the end of a time';
comment on column warehouse.outcome_value.ending is 'How a time or a period ended: event, censored, or death where that is not the event; null for scores, counts and durations';
comment on column warehouse.outcome_value.reason is 'Why there is no value';
comment on column warehouse.outcome_value.assessment_id is 'Assessment the value is from';
comment on column warehouse.outcome_value.crosswalk is 'Crosswalk and version the value was converted by; null where it was measured on the scale itself';
comment on column warehouse.outcome_value.approximate is 'Whether that crosswalk makes it less certain than a measured value; null where it was measured';
comment on column warehouse.outcome_value.rule_version is 'Version of the rule that gave the value; null where no rule did';
comment on column warehouse.outcome_value.conversion_se is 'Standard error of a converted value, as its crosswalk tells it; null where it does not, and where the value was measured';

-- Grain: one row per participant and dated event, as the site sent it, and version.
create or replace view warehouse.event_history as
select h.participant_key, h.study_code, h.site_code, h.kinds[ascii(r.record) - 96] as kind,
       h.details[ascii(r.record) - 96] as detail, r.from_on, r.to_on, r.number as times,
       h.placements[ascii(r.placement) - 96] as placement, r.day,
       h.submission_ids[ascii(r.submission) - 96] as submission_id, r.line, coalesce(r.stale = 's', false) as stale,
       h.snapshot_from, h.snapshot_to, r.counted::integer as counted_times
from warehouse.record_series_history h
cross join lateral unnest(string_to_array(h.record_letters, null), h.from_on, h.to_on, h.numbers,
        string_to_array(h.placement_letters, null), h.days, h.counted, h.counted_from_on, h.counted_to_on,
        string_to_array(h.submission_letters, null), h.lines, string_to_array(h.stale_letters, null))
    as r (record, from_on, to_on, number, placement, day, counted, counted_from_on, counted_to_on, submission, line, stale)
where substr(h.record_tables, ascii(r.record) - 96, 1) = 'e';
comment on view warehouse.event_history is 'Events with where they belong: every one has just one placement, of all snapshots';
comment on column warehouse.event_history.participant_key is 'Participant, without identity';
comment on column warehouse.event_history.kind is 'Kind of event';
comment on column warehouse.event_history.detail is 'Which within the kind, such as the cause of a death';
comment on column warehouse.event_history.from_on is 'First day it can have happened on';
comment on column warehouse.event_history.to_on is 'Last day it can have happened on';
comment on column warehouse.event_history.times is 'How often, as told; 0 where the site says that there was none in the span';
comment on column warehouse.event_history.placement is 'counted: inside the time at risk; none_stated: the site says that there was none in the span; repeated: another submission, an earlier assessment or records of the days themselves tell of all of it; before_time_zero; after_follow_up: after death, withdrawal, last contact or export; not_observed: while its kind was not ascertained; no_time_zero';
comment on column warehouse.event_history.day is 'Days from time zero that it counts at: the middle of an open span, of a recall period the middle of the days not asked about before';
comment on column warehouse.event_history.submission_id is 'Submission it was read from';
comment on column warehouse.event_history.line is 'Line of that file, header = 1';
comment on column warehouse.event_history.stale is 'An earlier version, standing because the new one was refused';
comment on column warehouse.event_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.event_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';
comment on column warehouse.event_history.counted_times is 'How often it counts: 0 unless placed as counted; less than told where an earlier assessment, or a record of the day itself, tells of some of them';

-- Grain: one row per participant and span of time in a state, as the site sent it, and version.
create or replace view warehouse.spell_history as
select h.participant_key, h.study_code, h.site_code, h.kinds[ascii(r.record) - 96] as kind,
       h.details[ascii(r.record) - 96] as detail, r.from_on, r.to_on, r.number as days,
       h.placements[ascii(r.placement) - 96] as placement, r.day,
       h.submission_ids[ascii(r.submission) - 96] as submission_id, r.line, coalesce(r.stale = 's', false) as stale,
       h.snapshot_from, h.snapshot_to, r.counted as counted_days,
       r.counted_from_on, r.counted_to_on
from warehouse.record_series_history h
cross join lateral unnest(string_to_array(h.record_letters, null), h.from_on, h.to_on, h.numbers,
        string_to_array(h.placement_letters, null), h.days, h.counted, h.counted_from_on, h.counted_to_on,
        string_to_array(h.submission_letters, null), h.lines, string_to_array(h.stale_letters, null))
    as r (record, from_on, to_on, number, placement, day, counted, counted_from_on, counted_to_on, submission, line, stale)
where substr(h.record_tables, ascii(r.record) - 96, 1) = 's';
comment on view warehouse.spell_history is 'Spells: hospital stays, courses of medication, jobs, with where they belong, of all snapshots';
comment on column warehouse.spell_history.participant_key is 'Participant, without identity';
comment on column warehouse.spell_history.kind is 'Kind of spell';
comment on column warehouse.spell_history.detail is 'Class within the kind, such as the class of a drug';
comment on column warehouse.spell_history.from_on is 'First day';
comment on column warehouse.spell_history.to_on is 'Last day; null while it goes on';
comment on column warehouse.spell_history.days is 'How many days of the span, as told, where a site sends no more; null when all do';
comment on column warehouse.spell_history.placement is 'counted: inside the time at risk; none_stated: the site says that there was none in the span; repeated: another submission, an earlier assessment or spells by their dates tell of all of it; before_time_zero; after_follow_up: after death, withdrawal, last contact or export; not_observed: while its kind was not ascertained; no_time_zero';
comment on column warehouse.spell_history.day is 'Days from time zero of its first day';
comment on column warehouse.spell_history.submission_id is 'Submission it was read from';
comment on column warehouse.spell_history.line is 'Line of that file, header = 1';
comment on column warehouse.spell_history.stale is 'An earlier version, standing because the new one was refused';
comment on column warehouse.spell_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.spell_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';
comment on column warehouse.spell_history.counted_days is 'How many of them count: less than told where an earlier assessment, or spells by their dates, tell of some of them; null where all days of the span do, and without time zero';
comment on column warehouse.spell_history.counted_from_on is 'First day that these lie among, evenly: of a recall period the first not asked about before';
comment on column warehouse.spell_history.counted_to_on is 'Last day that they lie among';

-- Grain: one row per participant and span in which a kind of event or spell would have been known, and version.
create or replace view warehouse.observation_time_history as
select h.participant_key, h.study_code, h.site_code, h.kinds[ascii(r.record) - 96] as kind,
       r.from_on, r.to_on, h.details[ascii(r.record) - 96] as source,
       h.submission_ids[ascii(r.submission) - 96] as submission_id, r.line, coalesce(r.stale = 's', false) as stale,
       h.snapshot_from, h.snapshot_to
from warehouse.record_series_history h
cross join lateral unnest(string_to_array(h.record_letters, null), h.from_on, h.to_on, h.numbers,
        string_to_array(h.placement_letters, null), h.days, h.counted, h.counted_from_on, h.counted_to_on,
        string_to_array(h.submission_letters, null), h.lines, string_to_array(h.stale_letters, null))
    as r (record, from_on, to_on, number, placement, day, counted, counted_from_on, counted_to_on, submission, line, stale)
where substr(h.record_tables, ascii(r.record) - 96, 1) = 'o';
comment on view warehouse.observation_time_history is 'Time in which events would have been known; without it, no event is no evidence, of all snapshots';
comment on column warehouse.observation_time_history.participant_key is 'Participant, without identity';
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
create or replace view warehouse.care_episode_history as
select h.participant_key, h.study_code, h.site_code, h.kinds[ascii(r.record) - 96] as modality,
       h.therapists[ascii(r.record) - 96] as therapist, h.therapy_groups[ascii(r.record) - 96] as therapy_group, r.from_on, r.to_on,
       r.number as sessions,
       h.submission_ids[ascii(r.submission) - 96] as submission_id, r.line, coalesce(r.stale = 's', false) as stale,
       h.snapshot_from, h.snapshot_to
from warehouse.record_series_history h
cross join lateral unnest(string_to_array(h.record_letters, null), h.from_on, h.to_on, h.numbers,
        string_to_array(h.placement_letters, null), h.days, h.counted, h.counted_from_on, h.counted_to_on,
        string_to_array(h.submission_letters, null), h.lines, string_to_array(h.stale_letters, null))
    as r (record, from_on, to_on, number, placement, day, counted, counted_from_on, counted_to_on, submission, line, stale)
where substr(h.record_tables, ascii(r.record) - 96, 1) = 'c';
comment on view warehouse.care_episode_history is 'Care given: by whom, in which group, how much, of all snapshots';
comment on column warehouse.care_episode_history.participant_key is 'Participant, without identity';
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

-- Grain: one row per participant and dated event, as the site sent it, with where it belongs.
create or replace view warehouse.event as
select h.participant_key, h.study_code, h.site_code, h.kind, h.detail, h.from_on, h.to_on, h.times, h.placement, h.day, h.submission_id, h.line, h.stale, h.counted_times
from warehouse.event_history h
join warehouse.current_snapshot c on c.study_code = h.study_code
where h.snapshot_from <= c.snapshot_id and (h.snapshot_to is null or h.snapshot_to > c.snapshot_id);
comment on view warehouse.event is 'Events with where they belong: every one has just one placement';

-- Grain: one row per participant and span of time in a state, as the site sent it.
create or replace view warehouse.spell as
select h.participant_key, h.study_code, h.site_code, h.kind, h.detail, h.from_on, h.to_on, h.days, h.placement, h.day, h.submission_id, h.line, h.stale,
       h.counted_days, h.counted_from_on, h.counted_to_on
from warehouse.spell_history h
join warehouse.current_snapshot c on c.study_code = h.study_code
where h.snapshot_from <= c.snapshot_id and (h.snapshot_to is null or h.snapshot_to > c.snapshot_id);
comment on view warehouse.spell is 'Spells: hospital stays, courses of medication, jobs, with where they belong';

-- Grain: one row per participant and span in which a kind of event or spell would have been known.
create or replace view warehouse.observation_time as
select h.participant_key, h.study_code, h.site_code, h.kind, h.from_on, h.to_on, h.source, h.submission_id, h.line, h.stale
from warehouse.observation_time_history h
join warehouse.current_snapshot c on c.study_code = h.study_code
where h.snapshot_from <= c.snapshot_id and (h.snapshot_to is null or h.snapshot_to > c.snapshot_id);
comment on view warehouse.observation_time is 'Time in which events would have been known; without it, no event is no evidence';

-- Grain: one row per participant and span of care by one therapist or in one group.
create or replace view warehouse.care_episode as
select h.participant_key, h.study_code, h.site_code, case when c.arms_shown then h.modality end as modality,
       case when c.arms_shown then h.therapist end as therapist,
       case when c.arms_shown then h.therapy_group end as therapy_group, h.from_on, h.to_on, h.sessions, h.submission_id, h.line, h.stale
from warehouse.care_episode_history h
join warehouse.current_snapshot c on c.study_code = h.study_code
where h.snapshot_from <= c.snapshot_id and (h.snapshot_to is null or h.snapshot_to > c.snapshot_id);
comment on view warehouse.care_episode is 'Care given: by whom, in which group, how much';

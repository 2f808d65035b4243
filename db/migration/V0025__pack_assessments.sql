-- A participant's assessments in one row, as the cells of their outcomes are: a night writes a thirtieth of the rows, and no
-- index entry for each. The view warehouse.assessment_history gives one row an assessment, as the table did.
drop view if exists warehouse.assessment;
drop view if exists warehouse.score;
alter table warehouse.assessment_history rename to old_assessment;

-- Grain: one row per participant and version; more where it would not fit on a page.
create table warehouse.assessment_series_history (
    participant_key      uuid       not null,
    study_code           text       not null,
    site_code            text       not null,
    assessment_ids       bigint[]   not null,
    instrument_letters   text       not null,
    instrument_codes     text[]     not null,
    item_counts          integer[]  not null,
    scale_counts         integer[]  not null,
    placement_letters    text       not null,
    placements           text[]     not null check (placements <@ array['interval', 'unscheduled', 'no_time_zero']),
    interval_letters     text       not null,
    interval_codes       text[]     not null,
    nominal_letters      text       not null,
    nominal_codes        text[]     not null,
    dates                date[]     not null,
    days                 integer[]  not null,
    submission_letters   text       not null,
    submission_ids       bigint[]   not null,
    lines                integer[]  not null,
    stale_letters        text,
    item_values          smallint[] not null,
    item_reasons         bytea,
    score_values         double precision[] not null,
    score_reason_letters text       not null,
    score_reasons        text[]     not null,
    score_answered       smallint[] not null,
    score_source_letters text       not null,
    score_sources        text[]     not null,
    snapshot_from        bigint     not null,
    snapshot_to          bigint
);
-- A row fits on a page; compressing and taking apart what is read as a whole costs more than it saves.
alter table warehouse.assessment_series_history set (toast_tuple_target = 8160);
comment on table warehouse.assessment_series_history is 'A participant''s assessments with their scores, a letter or an array element each, by snapshot; warehouse.assessment_history shows them one by one';
comment on column warehouse.assessment_series_history.participant_key is 'Participant';
comment on column warehouse.assessment_series_history.study_code is 'Study';
comment on column warehouse.assessment_series_history.site_code is 'Site';
comment on column warehouse.assessment_series_history.assessment_ids is 'Names each assessment';
comment on column warehouse.assessment_series_history.instrument_letters is 'A letter an assessment: a for the first instrument, b for the second';
comment on column warehouse.assessment_series_history.instrument_codes is 'Instruments, a letter each';
comment on column warehouse.assessment_series_history.item_counts is 'Number of items, a letter each';
comment on column warehouse.assessment_series_history.scale_counts is 'Number of scales, a letter each; warehouse.score_frame names them';
comment on column warehouse.assessment_series_history.placement_letters is 'A letter an assessment for its placement';
comment on column warehouse.assessment_series_history.placements is 'interval: inside a window; unscheduled: outside all; no_time_zero: cannot be placed';
comment on column warehouse.assessment_series_history.interval_letters is 'A letter an assessment for its interval; a point where it has none';
comment on column warehouse.assessment_series_history.interval_codes is 'Intervals whose windows hold them, by date where there is one';
comment on column warehouse.assessment_series_history.nominal_letters is 'A letter an assessment for its visit; a point where the site named none';
comment on column warehouse.assessment_series_history.nominal_codes is 'Intervals the site''s visit names stand for';
comment on column warehouse.assessment_series_history.dates is 'Date of each assessment; null when unknown';
comment on column warehouse.assessment_series_history.days is 'Days from time zero to each; null when unknown';
comment on column warehouse.assessment_series_history.submission_letters is 'A letter an assessment for the submission its first item was read from';
comment on column warehouse.assessment_series_history.submission_ids is 'Those submissions';
comment on column warehouse.assessment_series_history.lines is 'Line of that file, header = 1, for each assessment';
comment on column warehouse.assessment_series_history.stale_letters is 'A letter an assessment: s for an earlier version, standing because the new one was refused, a point for the others; null when there are only others';
comment on column warehouse.assessment_series_history.item_values is 'Answers, assessment by assessment; null where one is missing';
comment on column warehouse.assessment_series_history.item_reasons is 'One byte an answer: why it is missing, 0 when it is there; null when all are there';
comment on column warehouse.assessment_series_history.score_values is 'Scores, assessment by assessment; null when not to be had';
comment on column warehouse.assessment_series_history.score_reason_letters is 'A letter a score for why it is null; a point when it is there';
comment on column warehouse.assessment_series_history.score_reasons is 'Reasons that occur in the row';
comment on column warehouse.assessment_series_history.score_answered is 'Items answered of each scale';
comment on column warehouse.assessment_series_history.score_source_letters is 'A letter a score for where it is from; a point when it was computed here';
comment on column warehouse.assessment_series_history.score_sources is 'embedded: computed here out of a longer form that holds this one; site: the site''s own total';
comment on column warehouse.assessment_series_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.assessment_series_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

-- Letters of texts, and the texts, in their order; a point for null.
create function pg_temp.distinct_texts(text[]) returns text[]
    language sql immutable
    return (select coalesce(array_agg(distinct v.text) filter (where v.text is not null), '{}') from unnest($1) as v (text));
create function pg_temp.letters(text[], text[]) returns text
    language sql immutable
    return (select coalesce(string_agg(coalesce(chr(96 + array_position($2, v.text)), '.'), '' order by v.place), '')
            from unnest($1) with ordinality as v (text, place));

insert into warehouse.assessment_series_history (participant_key, study_code, site_code, assessment_ids, instrument_letters,
    instrument_codes, item_counts, scale_counts, placement_letters, placements, interval_letters, interval_codes,
    nominal_letters, nominal_codes, dates, days, submission_letters, submission_ids, lines, stale_letters, item_values,
    item_reasons, score_values, score_reason_letters, score_reasons, score_answered, score_source_letters, score_sources,
    snapshot_from, snapshot_to)
select o.participant_key, o.study_code, o.site_code, array[o.assessment_id], 'a', array[o.instrument_code],
       array[cardinality(o.item_values)], array[cardinality(o.score_values)], 'a', array[o.placement],
       case when o.interval_code is null then '.' else 'a' end, array_remove(array[o.interval_code], null),
       case when o.nominal_code is null then '.' else 'a' end, array_remove(array[o.nominal_code], null),
       array[o.assessed_on], array[o.day], 'a', array[o.submission_id], array[o.line], case when o.stale then 's' end,
       o.item_values, o.item_reasons, o.score_values, pg_temp.letters(r.per_score, pg_temp.distinct_texts(r.per_score)),
       pg_temp.distinct_texts(r.per_score), o.score_answered, pg_temp.letters(s.per_score, pg_temp.distinct_texts(s.per_score)),
       pg_temp.distinct_texts(s.per_score), o.snapshot_from, o.snapshot_to
from warehouse.old_assessment o
cross join lateral (
    select coalesce(o.score_reasons, array_fill(null::text, array[cardinality(o.score_values)])) as per_score
) r
cross join lateral (
    select coalesce(array_replace(o.score_sources, 'items', null), array_fill(null::text, array[cardinality(o.score_values)]))
        as per_score
) s;
create index on warehouse.assessment_series_history (participant_key);
drop table warehouse.old_assessment;

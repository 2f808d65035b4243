-- What repeats in every row is told once, beside the snapshot that wrote it: which cells make up a participant's series,
-- which scales an instrument has. Rows are then a fifth as long, and a night that writes millions of them is as much
-- shorter. What stands in the tables is brought into the new form; the views show what they showed.
drop view if exists warehouse.harmonization;
drop view if exists warehouse.outcome_value;
drop view if exists warehouse.score;
drop view if exists warehouse.assessment;

-- Grain: one row per snapshot and outcome.
create table warehouse.series_frame (
    snapshot_id    bigint  not null,
    outcome_code   text    not null,
    rule_version   text,
    first_cell     integer not null,
    last_cell      integer not null,
    interval_codes text[],
    period_codes   text[],
    primary key (snapshot_id, outcome_code),
    constraint intervals_or_periods check ((interval_codes is null) <> (period_codes is null))
);
comment on table warehouse.series_frame is 'Where in a row of warehouse.outcome_series_history the cells of an outcome stand, by the snapshot that wrote the row';
comment on column warehouse.series_frame.snapshot_id is 'Snapshot: snapshot_from of the rows it is about';
comment on column warehouse.series_frame.outcome_code is 'Outcome';
comment on column warehouse.series_frame.rule_version is 'Version of the rule that gave the values; null where no rule did';
comment on column warehouse.series_frame.first_cell is 'Place of the outcome''s first cell, from 1';
comment on column warehouse.series_frame.last_cell is 'Place of its last';
comment on column warehouse.series_frame.interval_codes is 'Intervals of the study, one a cell, in order; null for an outcome of periods';
comment on column warehouse.series_frame.period_codes is 'Periods of the outcome, one a cell, in order; null for an outcome of intervals';

alter table warehouse.outcome_series_history rename to old_series;

-- Grain: one row per participant and version, with one array element a cell. One row a cell would be two hundred times
-- as many rows for the same numbers; the view warehouse.outcome_value gives one row a cell.
create table warehouse.outcome_series_history (
    participant_key uuid   not null,
    study_code      text   not null,
    site_code       text   not null,
    arm_code        text,
    cell_values     double precision[],
    cell_days       integer[],
    cell_endings    smallint[],
    cell_exposures  integer[],
    assessment_ids  bigint[],
    cell_reasons    text   not null,
    reasons         text[] not null,
    cell_crosswalks text,
    crosswalks      text[],
    snapshot_from   bigint not null,
    snapshot_to     bigint
);
-- A row fits on a page; compressing and taking apart what is read as a whole costs more than it saves.
alter table warehouse.outcome_series_history set (toast_tuple_target = 8160);
create index on warehouse.outcome_series_history (participant_key);
comment on table warehouse.outcome_series_history is 'All cells of a participant, outcome by outcome as warehouse.series_frame says, by snapshot';
comment on column warehouse.outcome_series_history.participant_key is 'Participant';
comment on column warehouse.outcome_series_history.study_code is 'Study';
comment on column warehouse.outcome_series_history.site_code is 'Site';
comment on column warehouse.outcome_series_history.arm_code is 'Arm as randomised';
comment on column warehouse.outcome_series_history.cell_values is 'Value of each cell; null when there is none; null as a whole when there is none at all';
comment on column warehouse.outcome_series_history.cell_days is 'Day of each value, from time zero; null as a whole when there is none at all';
comment on column warehouse.outcome_series_history.cell_endings is 'Whether it happened: 1 it did, 0 it did not (a time was censored), 2 a time ended with a death that is not the event; null for scores, counts and durations, and as a whole when there is none at all';
comment on column warehouse.outcome_series_history.cell_exposures is 'Days in which it would have been known; null at intervals, and as a whole when there is none at all';
comment on column warehouse.outcome_series_history.assessment_ids is 'Assessment of each value; null as a whole when there is none at all';
comment on column warehouse.outcome_series_history.cell_reasons is 'A letter a cell: a for the first of the reasons, b for the second; a point where there is a value';
comment on column warehouse.outcome_series_history.reasons is 'Reasons that occur in the row';
comment on column warehouse.outcome_series_history.cell_crosswalks is 'A letter a cell, likewise, for the conversion its value went through; a point where none did; null when none did at all';
comment on column warehouse.outcome_series_history.crosswalks is 'Editions of the conversions that occur in the row';
comment on column warehouse.outcome_series_history.snapshot_from is 'First snapshot it belongs to';
comment on column warehouse.outcome_series_history.snapshot_to is 'First snapshot it no longer belongs to; null while it does';

insert into warehouse.series_frame
select f.snapshot_from, f.outcome_code, f.rule_version, f.ended - f.cells + 1, f.ended, f.interval_codes, f.period_codes
from (
    select s.*, sum(s.cells) over (partition by s.snapshot_from order by s.outcome_code)::integer as ended
    from (
        select distinct o.snapshot_from, o.outcome_code, o.rule_version, o.interval_codes, o.period_codes,
               cardinality(coalesce(o.interval_codes, o.period_codes)) as cells
        from warehouse.old_series o
    ) s
) f;

with cell as (
    select o.participant_key, o.study_code, o.site_code, o.arm_code, o.snapshot_from, o.snapshot_to,
           f.first_cell + v.place as place, v.value, v.day, v.ending, v.exposure, v.reason, v.assessment, v.crosswalk
    from warehouse.old_series o
    join warehouse.series_frame f on f.snapshot_id = o.snapshot_from and f.outcome_code = o.outcome_code
    cross join lateral unnest(coalesce(o.interval_codes, o.period_codes), o.cell_values, o.cell_days, o.cell_endings,
            o.cell_exposures, o.cell_reasons, o.assessment_ids, o.cell_crosswalks) with ordinality
        as v (code, value, day, ending, exposure, reason, assessment, crosswalk, place)
),
label as (
    select c.participant_key, c.snapshot_from,
           coalesce(array_agg(distinct c.reason) filter (where c.reason is not null), '{}') as reasons,
           array_agg(distinct c.crosswalk) filter (where c.crosswalk is not null) as crosswalks
    from cell c
    group by c.participant_key, c.snapshot_from
)
insert into warehouse.outcome_series_history (participant_key, study_code, site_code, arm_code, cell_values, cell_days,
    cell_endings, cell_exposures, assessment_ids, cell_reasons, reasons, cell_crosswalks, crosswalks, snapshot_from, snapshot_to)
select c.participant_key, c.study_code, c.site_code, c.arm_code,
       array_agg(c.value order by c.place), array_agg(c.day order by c.place), array_agg(c.ending order by c.place),
       array_agg(c.exposure::integer order by c.place), array_agg(c.assessment order by c.place),
       string_agg(coalesce(chr(96 + array_position(l.reasons, c.reason)), '.'), '' order by c.place), l.reasons,
       case when l.crosswalks is not null
            then string_agg(coalesce(chr(96 + array_position(l.crosswalks, c.crosswalk)), '.'), '' order by c.place) end,
       l.crosswalks, c.snapshot_from, c.snapshot_to
from cell c
join label l on l.participant_key = c.participant_key and l.snapshot_from = c.snapshot_from
group by c.participant_key, c.study_code, c.site_code, c.arm_code, c.snapshot_from, c.snapshot_to, l.reasons, l.crosswalks;

drop table warehouse.old_series;

-- Grain: one row per snapshot and instrument.
create table warehouse.score_frame (
    snapshot_id     bigint not null,
    instrument_code text   not null,
    scale_codes     text[] not null,
    primary key (snapshot_id, instrument_code)
);
comment on table warehouse.score_frame is 'Which scale each score of a row of warehouse.assessment_history is of, by the snapshot that wrote the row';
comment on column warehouse.score_frame.snapshot_id is 'Snapshot: snapshot_from of the rows it is about';
comment on column warehouse.score_frame.instrument_code is 'Instrument';
comment on column warehouse.score_frame.scale_codes is 'Scales scored, in order';

insert into warehouse.score_frame
select distinct a.snapshot_from, a.instrument_code, a.scale_codes from warehouse.assessment_history a;

alter table warehouse.assessment_history
    drop column scale_codes,
    alter column item_reasons drop not null,
    alter column score_reasons drop not null,
    alter column score_sources drop not null;
update warehouse.assessment_history
set item_reasons = nullif(item_reasons, decode(repeat('00', length(item_reasons)), 'hex')),
    score_reasons = nullif(score_reasons, '{}'),
    score_sources = nullif(score_sources, array_fill('items'::text, array[cardinality(score_sources)]));
comment on column warehouse.assessment_history.item_reasons is 'One byte an item: why it is missing, 0 when it is there; null when all are there';
comment on column warehouse.assessment_history.score_reasons is 'Why a score is null; null when it is there, and as a whole when all are';
comment on column warehouse.assessment_history.score_sources is 'items: computed here; embedded: computed here out of a longer form that holds this one; site: the site''s own total; null when all are computed here';

-- All that a block of a file says of a participant's assessments in one row: a night writes, sorts and reads a thirtieth of
-- the rows for the same answers. The view staging.assessment_fragment gives one row a fragment, as the table did.
drop view if exists staging.answer_line;
alter table staging.assessment_fragment rename to old_fragment;

-- Grain: one row per participant and block of a file; more where it would not fit on a page.
create table staging.fragment_packet (
    submission_id        bigint    not null,
    source_submission_id bigint    not null,
    participant_key      uuid      not null,
    stale                boolean   not null default false,
    goes_on              boolean   not null default false,
    repeats              boolean   not null default false,
    form_letters         text      not null,
    instrument_codes     text[]    not null,
    form_codes           text[]    not null,
    item_counts          integer[] not null,
    visit_letters        text      not null,
    visit_codes          text[]    not null,
    event_letters        text      not null,
    event_names          text[]    not null,
    assessed_on          date[]    not null,
    first_lines          integer[] not null,
    item_values          bytea     not null,
    item_reasons         bytea,
    line_letters         text      not null,
    item_lines           integer[],
    total_places         integer[],
    total_scales         text[],
    total_values         double precision[],
    total_uses           text[],
    total_lines          integer[]
);
-- A row fits on a page; compressing and taking apart what is read as a whole costs more than it saves.
alter table staging.fragment_packet set (toast_tuple_target = 8160);
comment on table staging.fragment_packet is 'What one block of a file says of one participant''s assessments, a letter or an array element a fragment; staging.assessment_fragment shows them one by one';
comment on column staging.fragment_packet.submission_id is 'Submission through which they count';
comment on column staging.fragment_packet.source_submission_id is 'Submission whose file they were read from';
comment on column staging.fragment_packet.participant_key is 'Participant';
comment on column staging.fragment_packet.stale is 'An earlier version, standing because the new one was refused';
comment on column staging.fragment_packet.goes_on is 'Whether it goes on where another row of the same block ends';
comment on column staging.fragment_packet.repeats is 'Whether two fragments of the block are about the same instrument, form and occasion';
comment on column staging.fragment_packet.form_letters is 'A letter a fragment: a for the first instrument and form, b for the second';
comment on column staging.fragment_packet.instrument_codes is 'Instruments, a letter each';
comment on column staging.fragment_packet.form_codes is 'Forms of the site''s mapping, a letter each';
comment on column staging.fragment_packet.item_counts is 'Number of items, a letter each';
comment on column staging.fragment_packet.visit_letters is 'A letter a fragment for its visit; a point where the date places it';
comment on column staging.fragment_packet.visit_codes is 'Intervals that the site''s visit names stand for';
comment on column staging.fragment_packet.event_letters is 'A letter a fragment for the site''s own name of the visit; a point where there is none';
comment on column staging.fragment_packet.event_names is 'The site''s own names of visits';
comment on column staging.fragment_packet.assessed_on is 'When each was done; null when unknown';
comment on column staging.fragment_packet.first_lines is 'First line of the file that each came from, header = 1';
comment on column staging.fragment_packet.item_values is 'Answers, fragment by fragment, two bytes each, the higher first; without meaning where a reason is set';
comment on column staging.fragment_packet.item_reasons is 'One byte an answer: why it is missing, 0 when it is there; null when all are there';
comment on column staging.fragment_packet.line_letters is 'A letter a fragment: f all answers are from its first line, r each item that the file speaks of stands a line below the one before it, l the lines are listed';
comment on column staging.fragment_packet.item_lines is 'Lines of the items of the fragments whose lines are listed, 0 where the file does not speak of one; null when there are none';
comment on column staging.fragment_packet.total_places is 'Which fragment each total that the site sent belongs to, from 1; null when it sent none';
comment on column staging.fragment_packet.total_scales is 'Scales of those totals';
comment on column staging.fragment_packet.total_values is 'Those totals';
comment on column staging.fragment_packet.total_uses is 'What each total is for: cross_check or score';
comment on column staging.fragment_packet.total_lines is 'Line of each total';

insert into staging.fragment_packet (submission_id, source_submission_id, participant_key, stale, form_letters, instrument_codes,
    form_codes, item_counts, visit_letters, visit_codes, event_letters, event_names, assessed_on, first_lines, item_values,
    item_reasons, line_letters, item_lines, total_places, total_scales, total_values, total_uses, total_lines)
select submission_id, source_submission_id, participant_key, stale, 'a', array[instrument_code], array[form_code],
       array[length(item_values) / 2],
       case when visit_code is null then '.' else 'a' end, array_remove(array[visit_code], null),
       case when event_name is null then '.' else 'a' end, array_remove(array[event_name], null),
       array[assessed_on], array[first_line], item_values, item_reasons,
       case when item_lines is not null then 'l' when lines_rise then 'r' else 'f' end, item_lines,
       case when total_scales is not null then array_fill(1, array[cardinality(total_scales)]) end, total_scales, total_values,
       total_uses, total_lines
from staging.old_fragment;
create index on staging.fragment_packet (submission_id, participant_key);
drop table staging.old_fragment;

-- Staging as the program asks it.
-- Done after every change of the tables, which may have dropped these: ${flyway:timestamp}

-- Grain: one row per submission, participant, instrument, form and occasion, or several that complete each other.
create or replace view staging.assessment_fragment as
select p.submission_id, p.source_submission_id, p.participant_key, p.instrument_codes[f.form] as instrument_code,
       p.form_codes[f.form] as form_code, p.visit_codes[ascii(f.visit) - 96] as visit_code,
       p.event_names[ascii(f.event) - 96] as event_name, f.assessed_on, f.first_line,
       substr(p.item_values, 2 * f.items_before + 1, 2 * f.items) as item_values,
       nullif(substr(p.item_reasons, f.items_before + 1, f.items), decode(repeat('00', f.items), 'hex')) as item_reasons,
       case when f.lines = 'l' then p.item_lines[f.listed_before + 1:f.listed_before + f.items] end as item_lines,
       t.scales as total_scales, t.values as total_values, t.uses as total_uses, t.lines as total_lines, p.stale,
       f.lines = 'r' as lines_rise
from staging.fragment_packet p
cross join lateral (
    select u.*, c.items,
           (sum(c.items) over w - c.items)::integer as items_before,
           (sum(c.listed) over w - c.listed)::integer as listed_before
    from (
        select l.place, ascii(l.form) - 96 as form, l.visit, l.event, l.assessed_on, l.first_line, l.lines
        from unnest(string_to_array(p.form_letters, null), string_to_array(p.visit_letters, null),
                string_to_array(p.event_letters, null), p.assessed_on, p.first_lines, string_to_array(p.line_letters, null))
            with ordinality as l (form, visit, event, assessed_on, first_line, lines, place)
    ) u
    cross join lateral (
        select p.item_counts[u.form] as items, case when u.lines = 'l' then p.item_counts[u.form] else 0 end as listed
    ) c
    window w as (order by u.place)
) f
cross join lateral (
    select array_agg(v.scale order by v.number) as scales, array_agg(v.value order by v.number) as values,
           array_agg(v.use order by v.number) as uses, array_agg(v.line order by v.number) as lines
    from unnest(p.total_places, p.total_scales, p.total_values, p.total_uses, p.total_lines)
        with ordinality as v (place, scale, value, use, line, number)
    where v.place = f.place
) t;
comment on view staging.assessment_fragment is 'What one block of a file says of one assessment';
comment on column staging.assessment_fragment.instrument_code is 'Instrument';
comment on column staging.assessment_fragment.form_code is 'Form of the site''s mapping';
comment on column staging.assessment_fragment.visit_code is 'Interval that the site''s visit name stands for; null when the date places it';
comment on column staging.assessment_fragment.event_name is 'The site''s own name of the visit';
comment on column staging.assessment_fragment.assessed_on is 'When it was done; null when unknown';
comment on column staging.assessment_fragment.first_line is 'First line of the file it came from, header = 1';
comment on column staging.assessment_fragment.item_values is 'Answers by item number, in the instrument''s own coding, two bytes each, the higher first; without meaning where a reason is set';
comment on column staging.assessment_fragment.item_reasons is 'One byte an item: why it is missing, 0 when it is there; null when all are there';
comment on column staging.assessment_fragment.item_lines is 'Line of each item, 0 where the file does not speak of it here; null when all are from first_line, or follow from it';
comment on column staging.assessment_fragment.lines_rise is 'Whether each item that the file speaks of stands a line below the one before it, the first in first_line';
comment on column staging.assessment_fragment.total_scales is 'Scales the site sent a total of; null when it sent none';
comment on column staging.assessment_fragment.total_values is 'Those totals; null when there are none';
comment on column staging.assessment_fragment.total_uses is 'What each total is for: cross_check or score; null when there are none';
comment on column staging.assessment_fragment.total_lines is 'Line of each total; null when there are none';

-- Grain: one row per fragment and item whose rows are one answer each. Ten is the reason of items not spoken of.
create or replace view staging.answer_line as
select f.submission_id, f.participant_key, f.instrument_code, f.visit_code, f.assessed_on, l.item, l.line
from staging.assessment_fragment f
cross join lateral (
    select u.item::integer, u.line
    from unnest(f.item_lines) with ordinality as u (line, item)
    where u.line > 0
    union all
    select i.item, (f.first_line + row_number() over (order by i.item) - 1)::integer
    from generate_series(1, length(f.item_values) / 2) as i (item)
    where f.lines_rise and (f.item_reasons is null or get_byte(f.item_reasons, i.item - 1) <> 10)
) l;
comment on view staging.answer_line is 'In which line of its file each answer stands, where a row holds one answer';
comment on column staging.answer_line.item is 'Item number';
comment on column staging.answer_line.line is 'Line of the file, header = 1';

-- Grain: one row per event of a row of a file; where a row counts events within a span, one row with the count.
create or replace view staging.event as
select p.submission_id, p.source_submission_id, p.participant_key, p.names[ascii(r.record) - 96] as event_kind,
       p.details[ascii(r.record) - 96] as detail, r.from_day, r.to_day, r.number as event_count, p.lines[ascii(r.line) - 96] as line, p.stale,
       p.row_keys[ascii(r.line) - 96] as row_key, coalesce(substr(p.replaced_letters, ascii(r.line) - 96, 1) = 'r', false) as replaced
from staging.history_packet p
cross join lateral unnest(string_to_array(p.record_letters, null), p.from_days, p.to_days, p.numbers,
        string_to_array(p.line_letters, null))
    as r (record, from_day, to_day, number, line)
where substr(p.record_tables, ascii(r.record) - 96, 1) = 'e';
comment on view staging.event is 'Things that happened to participants, on a day or so many times in a span, as read from files';
comment on column staging.event.submission_id is 'Submission through which it counts';
comment on column staging.event.source_submission_id is 'Submission whose file it was read from; differs when an earlier version was left standing';
comment on column staging.event.event_kind is 'What happened, as studies name it';
comment on column staging.event.detail is 'What kind within the kind, such as the cause of a death';
comment on column staging.event.from_day is 'First day it can have happened on';
comment on column staging.event.to_day is 'Last day it can have happened on; the same day where it is known';
comment on column staging.event.event_count is 'How often; 0 where the site states that it did not happen in the span';
comment on column staging.event.line is 'Line of the file, header = 1';
comment on column staging.event.row_key is 'What tells the row from the participant''s others by the mapping''s row_key; rows with the same are told apart by their order';
comment on column staging.event.replaced is 'A later increment has a row of the same key: this one no longer counts';

-- Grain: one row per spell of a row of a file, and class within its kind.
create or replace view staging.spell as
select p.submission_id, p.source_submission_id, p.participant_key, p.names[ascii(r.record) - 96] as spell_kind,
       p.details[ascii(r.record) - 96] as detail, r.from_day, r.to_day, r.number as days, p.lines[ascii(r.line) - 96] as line, p.stale,
       p.row_keys[ascii(r.line) - 96] as row_key, coalesce(substr(p.replaced_letters, ascii(r.line) - 96, 1) = 'r', false) as replaced
from staging.history_packet p
cross join lateral unnest(string_to_array(p.record_letters, null), p.from_days, p.to_days, p.numbers,
        string_to_array(p.line_letters, null))
    as r (record, from_day, to_day, number, line)
where substr(p.record_tables, ascii(r.record) - 96, 1) = 's';
comment on view staging.spell is 'Times that participants spent in one state, as read from files';
comment on column staging.spell.submission_id is 'Submission through which it counts';
comment on column staging.spell.source_submission_id is 'Submission whose file it was read from; differs when an earlier version was left standing';
comment on column staging.spell.spell_kind is 'What state, as studies name it';
comment on column staging.spell.detail is 'Class within the kind, such as the class of a drug';
comment on column staging.spell.from_day is 'First day';
comment on column staging.spell.to_day is 'Last day; null while it goes on';
comment on column staging.spell.days is 'How many days of the span counted, where the site tells only that; null when the whole span does';
comment on column staging.spell.line is 'Line of the file, header = 1';
comment on column staging.spell.row_key is 'What tells the row from the participant''s others by the mapping''s row_key; rows with the same are told apart by their order';
comment on column staging.spell.replaced is 'A later increment has a row of the same key: this one no longer counts';

-- Grain: one row per kind looked for and span of a row of a file.
create or replace view staging.observed_span as
select p.submission_id, p.source_submission_id, p.participant_key, p.names[ascii(r.record) - 96] as kind,
       r.from_day, r.to_day, p.details[ascii(r.record) - 96] as source, p.lines[ascii(r.line) - 96] as line, p.stale,
       p.row_keys[ascii(r.line) - 96] as row_key, coalesce(substr(p.replaced_letters, ascii(r.line) - 96, 1) = 'r', false) as replaced
from staging.history_packet p
cross join lateral unnest(string_to_array(p.record_letters, null), p.from_days, p.to_days, p.numbers,
        string_to_array(p.line_letters, null))
    as r (record, from_day, to_day, number, line)
where substr(p.record_tables, ascii(r.record) - 96, 1) = 'o';
comment on view staging.observed_span is 'Times in which a kind of event or spell was looked for: what is not reported then did not happen';
comment on column staging.observed_span.submission_id is 'Submission through which it counts';
comment on column staging.observed_span.source_submission_id is 'Submission whose file it was read from; differs when an earlier version was left standing';
comment on column staging.observed_span.kind is 'Kind of event or spell';
comment on column staging.observed_span.from_day is 'First day';
comment on column staging.observed_span.to_day is 'Last day';
comment on column staging.observed_span.source is 'How it was found out: recall, notes or register';
comment on column staging.observed_span.line is 'Line of the file, header = 1';
comment on column staging.observed_span.row_key is 'What tells the row from the participant''s others by the mapping''s row_key; rows with the same are told apart by their order';
comment on column staging.observed_span.replaced is 'A later increment has a row of the same key: this one no longer counts';

-- Grain: one row per episode of care of a row of a file.
create or replace view staging.care_episode as
select p.submission_id, p.source_submission_id, p.participant_key, p.names[ascii(r.record) - 96] as modality,
       p.therapists[ascii(r.record) - 96] as therapist, p.care_groups[ascii(r.record) - 96] as care_group, r.from_day, r.to_day, r.number as sessions, p.lines[ascii(r.line) - 96] as line, p.stale,
       p.row_keys[ascii(r.line) - 96] as row_key, coalesce(substr(p.replaced_letters, ascii(r.line) - 96, 1) = 'r', false) as replaced
from staging.history_packet p
cross join lateral unnest(string_to_array(p.record_letters, null), p.from_days, p.to_days, p.numbers,
        string_to_array(p.line_letters, null))
    as r (record, from_day, to_day, number, line)
where substr(p.record_tables, ascii(r.record) - 96, 1) = 'c';
comment on view staging.care_episode is 'Care that participants were given, as read from files';
comment on column staging.care_episode.submission_id is 'Submission through which it counts';
comment on column staging.care_episode.source_submission_id is 'Submission whose file it was read from; differs when an earlier version was left standing';
comment on column staging.care_episode.modality is 'What it was, as studies name it';
comment on column staging.care_episode.therapist is 'The site''s own code of the therapist';
comment on column staging.care_episode.care_group is 'The site''s own code of the therapy group or team';
comment on column staging.care_episode.from_day is 'First day';
comment on column staging.care_episode.to_day is 'Last day; null while it goes on';
comment on column staging.care_episode.sessions is 'Sessions attended';
comment on column staging.care_episode.line is 'Line of the file, header = 1';
comment on column staging.care_episode.row_key is 'What tells the row from the participant''s others by the mapping''s row_key; rows with the same are told apart by their order';
comment on column staging.care_episode.replaced is 'A later increment has a row of the same key: this one no longer counts';

-- Staging as the program asks it.

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

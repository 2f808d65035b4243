-- Staging as the program asks it.

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

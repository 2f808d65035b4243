-- Answers as bytes, and lines only where they do not follow from the first: half of what was staged and read again.
create function pg_temp.packed(smallint[]) returns bytea
    language sql immutable
    return (select coalesce(string_agg(int2send(coalesce(v.value, 0::smallint)), ''::bytea order by v.place), ''::bytea)
            from unnest($1) with ordinality as v (value, place));

alter table staging.assessment_fragment
    alter column item_values type bytea using pg_temp.packed(item_values),
    alter column item_reasons drop not null,
    alter column total_scales drop not null,
    alter column total_values drop not null,
    alter column total_uses drop not null,
    alter column total_lines drop not null,
    add column lines_rise boolean not null default false;
update staging.assessment_fragment
set item_reasons = nullif(item_reasons, decode(repeat('00', length(item_reasons)), 'hex')),
    total_scales = nullif(total_scales, '{}'),
    total_values = nullif(total_values, '{}'),
    total_uses = nullif(total_uses, '{}'),
    total_lines = nullif(total_lines, '{}');
comment on column staging.assessment_fragment.item_values is 'Answers by item number, in the instrument''s own coding, two bytes each, the higher first; without meaning where a reason is set';
comment on column staging.assessment_fragment.item_reasons is 'One byte an item: why it is missing, 0 when it is there; null when all are there';
comment on column staging.assessment_fragment.item_lines is 'Line of each item, 0 where the file does not speak of it here; null when all are from first_line, or follow from it';
comment on column staging.assessment_fragment.lines_rise is 'Whether each item that the file speaks of stands a line below the one before it, the first in first_line';
comment on column staging.assessment_fragment.total_scales is 'Scales the site sent a total of; null when it sent none';
comment on column staging.assessment_fragment.total_values is 'Those totals; null when there are none';
comment on column staging.assessment_fragment.total_uses is 'What each total is for: cross_check or score; null when there are none';
comment on column staging.assessment_fragment.total_lines is 'Line of each total; null when there are none';

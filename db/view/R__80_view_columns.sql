-- A view's column means what the column of that name means in the tables of its schema, or else in their other views, unless
-- it says otherwise.
-- Done after every change of the views: ${flyway:timestamp}
comment on column warehouse.score.scale_code is 'Scale';
comment on column warehouse.score.value is 'The score, in the scale''s points';
comment on column warehouse.score.reason is 'Why there is no score';
comment on column warehouse.score.answered is 'Items answered';
comment on column warehouse.score.source is 'Whether it was made of items, sent by the site as a total, or derived';

do $$
declare
    described record;
begin
    for described in
        select distinct on (v.oid, a.attnum) n.nspname, v.relname, a.attname, col_description(t.oid, o.attnum) as meaning
        from pg_class v
        join pg_namespace n on n.oid = v.relnamespace
        join pg_attribute a on a.attrelid = v.oid and a.attnum > 0
        join pg_class t on t.relnamespace = v.relnamespace and t.relkind in ('r', 'v') and t.oid <> v.oid
        join pg_attribute o on o.attrelid = t.oid and o.attname = a.attname
        where v.relkind = 'v'
          and n.nspname in ('submission', 'staging', 'warehouse', 'comparison')
          and col_description(v.oid, a.attnum) is null
          and col_description(t.oid, o.attnum) is not null
        -- the table the view is named after knows best
        order by v.oid, a.attnum, (t.relname = v.relname || '_history') desc, (v.relname like '%' || t.relname) desc, t.relkind, t.relname
    loop
        execute format('comment on column %I.%I.%I is %L',
                       described.nspname, described.relname, described.attname, described.meaning);
    end loop;
end $$;

-- Grain: one row per column of every relation. What the database says of itself: the data dictionary.
-- Asked with: java -jar target/equipoise.jar sql "$(cat db/query/dictionary.sql)"
select n.nspname as schema, c.relname as relation, a.attname as "column",
       format_type(a.atttypid, a.atttypmod) as type, col_description(c.oid, a.attnum) as meaning
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relkind in ('r', 'p', 'v', 'm')
  and n.nspname in ('submission', 'staging', 'identity', 'warehouse', 'comparison', 'adam', 'batch')
  and not (n.nspname = 'batch' and c.relname like 'batch\_%') -- Spring Batch's own tables
order by n.nspname, c.relname, a.attnum;

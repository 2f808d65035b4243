-- Snapshots that stay: with the definitions, the results and the program version they are to be computed again from.

-- Grain: one row per name.
create table warehouse.frozen (
    name            text        primary key check (name ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$'),
    study_code      text        not null,
    snapshot_id     bigint      not null references warehouse.snapshot,
    definition_hash text        not null,
    program_version text        not null,
    run_id          bigint      references comparison.result,
    frozen_at       timestamptz not null
);
create index on warehouse.frozen (snapshot_id);
comment on table warehouse.frozen is 'Snapshots under a name, kept from deletion with their definitions and results; to let one go, delete its row';
comment on column warehouse.frozen.name is 'Name';
comment on column warehouse.frozen.study_code is 'Study';
comment on column warehouse.frozen.snapshot_id is 'Snapshot';
comment on column warehouse.frozen.definition_hash is 'Definitions it was made and compared by; their text is in warehouse.definition';
comment on column warehouse.frozen.program_version is 'Version of the program that compared it, or made it where it was not compared';
comment on column warehouse.frozen.run_id is 'Run whose results are kept with it; null where it was not compared by its own definitions';
comment on column warehouse.frozen.frozen_at is 'When';

-- Nothing deletes published rows today. Whatever will has to leave these: a statement that would take one of them fails.
create function warehouse.keep_frozen() returns trigger language plpgsql as $$
declare
    held text;
begin
    case
        when tg_table_name like '%\_history' then
            select f.name into held
            from gone g
            join warehouse.frozen f
              on f.study_code = g.study_code and g.snapshot_from <= f.snapshot_id
             and (g.snapshot_to is null or g.snapshot_to > f.snapshot_id)
            limit 1;
        when tg_table_name like '%\_frame' then
            select f.name into held from gone g join warehouse.frozen f on g.snapshot_id <= f.snapshot_id limit 1;
        when tg_table_name = 'definition' then
            select f.name into held from gone g join warehouse.frozen f on f.definition_hash = g.definition_hash limit 1;
        else
            select f.name into held from gone g join warehouse.frozen f on f.run_id = g.run_id limit 1;
    end case;
    if held is not null then
        raise exception 'Rows of %.% that belong to the frozen snapshot % are kept', tg_table_schema, tg_table_name, held
            using errcode = 'restrict_violation', hint = 'To let it go, delete its row in warehouse.frozen.';
    end if;
    return null;
end
$$;
comment on function warehouse.keep_frozen() is 'Refuses to delete what a frozen snapshot is to be computed again from';

do $$
declare
    kept text;
begin
    for kept in
        select oid::regclass::text from pg_class
        where relkind = 'r' and relnamespace = 'warehouse'::regnamespace
          and (relname like '%\_history' or relname like '%\_frame' or relname = 'definition')
        union all
        values ('comparison.estimate'), ('comparison.model') loop
        execute 'create trigger keep_frozen after delete on ' || kept
                || ' referencing old table as gone for each statement execute function warehouse.keep_frozen()';
    end loop;
end
$$;

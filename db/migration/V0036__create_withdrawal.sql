-- People who withdrew: from treatment, from follow-up, or their consent. The last are erased; what is left of them is this row.

-- Grain: one row per participant and kind of withdrawal.
create table identity.withdrawal (
    withdrawal_id   bigint generated always as identity primary key,
    participant_key uuid        not null,
    study_code      text        not null,
    site_code       text        not null,
    kind            text        not null check (kind in ('treatment', 'follow_up', 'consent')),
    withdrew_on     date,
    recorded_at     timestamptz not null,
    recorded_by     text        not null,
    finished_at     timestamptz,
    unique (participant_key, kind),
    check (kind = 'consent' or withdrew_on is not null)
);
comment on table identity.withdrawal is 'Withdrawals that coordinators told: from treatment, from follow-up, of consent. A row of the last kind is the tombstone that keeps later files from bringing somebody back';
comment on column identity.withdrawal.withdrawal_id is 'Names the row; later ones are greater';
comment on column identity.withdrawal.participant_key is 'Participant; of an erased one nothing else is known, and without the secret it leads to nobody';
comment on column identity.withdrawal.study_code is 'Study';
comment on column identity.withdrawal.site_code is 'Site';
comment on column identity.withdrawal.kind is 'treatment: data go on; follow_up: nothing after the day; consent: erased';
comment on column identity.withdrawal.withdrew_on is 'The day; null where a withdrawal of consent was told without';
comment on column identity.withdrawal.recorded_at is 'When it was told';
comment on column identity.withdrawal.recorded_by is 'Account of the machine that told it';
comment on column identity.withdrawal.finished_at is 'When all that was there had been erased; null while it has not, and for the other kinds';

-- What a submission's archived copy no longer holds.
alter table submission.submission
    add column erased_lines   integer[],
    add column erased_through bigint not null default 0;
comment on column submission.submission.archive_sha256 is 'SHA-256 of the content now archived; differs where a withdrawal has blanked rows; null when nothing is archived, or no longer';
comment on column submission.submission.erased_lines is 'Lines whose cells are blank in the archived copy, since the participant withdrew consent; null when there are none';
comment on column submission.submission.erased_through is 'The archived copy holds nobody of identity.withdrawal up to this number; 0 where it was not looked through';

-- Grain: one row per content that was archived and must not be any more.
create table submission.erased_copy (
    sha256    text        primary key,
    erased_at timestamptz not null
);
comment on table submission.erased_copy is 'Contents that left the archive, since a participant withdrew consent: removed again where the same bytes come back';
comment on column submission.erased_copy.sha256 is 'SHA-256 of the content';
comment on column submission.erased_copy.erased_at is 'When it was replaced';

-- Who withdrew consent is erased from frozen snapshots too; nothing else may take their rows.
create or replace function warehouse.keep_frozen() returns trigger language plpgsql as $$
declare
    held text;
begin
    if current_setting('equipoise.erasing', true) = 'on' then
        return null;
    end if;
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
comment on function warehouse.keep_frozen() is 'Refuses to delete what a frozen snapshot is to be computed again from, but for the withdrawal of consent';
comment on column warehouse.snapshot.status is 'building: invisible; published; redacted: a participant was erased from it since, so that it cannot be computed again exactly';
comment on column warehouse.snapshot.content_hash is 'SHA-256 over the participants'' content hashes: equal data give equal hashes, on any machine. Of a redacted snapshot, over those who are left';
comment on column comparison.release.status is 'released; redacted: a participant in it was erased since. Of data sets for analysts the files were deleted then';

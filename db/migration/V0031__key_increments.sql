-- Rows of incremental exports whose mapping declares a row_key replace earlier rows of the same key.

-- Grain: one row per participant and key that a file of such an export told of. A key whose row now says nothing is here too,
-- so that what it said before no longer counts.
create table staging.keyed_row (
    submission_id   bigint not null,
    participant_key uuid   not null,
    row_key         text   not null
);
create index on staging.keyed_row (submission_id, participant_key);
comment on table staging.keyed_row is 'Rows of incremental files by their declared key: each replaces what earlier files said under it';
comment on column staging.keyed_row.submission_id is 'Submission whose file has the row';
comment on column staging.keyed_row.participant_key is 'Participant';
comment on column staging.keyed_row.row_key is 'The texts of the mapping''s row_key';

alter table staging.event add column replaced boolean not null default false;
alter table staging.spell add column replaced boolean not null default false;
alter table staging.observed_span add column replaced boolean not null default false;
alter table staging.care_episode add column replaced boolean not null default false;
comment on column staging.event.replaced is 'A later increment has a row of the same key: this one no longer counts';
comment on column staging.spell.replaced is 'A later increment has a row of the same key: this one no longer counts';
comment on column staging.observed_span.replaced is 'A later increment has a row of the same key: this one no longer counts';
comment on column staging.care_episode.replaced is 'A later increment has a row of the same key: this one no longer counts';

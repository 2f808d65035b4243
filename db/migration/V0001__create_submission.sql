-- What sites delivered. Filled by the receive step; read by every later stage.
create schema submission;
comment on schema submission is 'What sites delivered: one row a file, with its identity, verdict and five counts';

-- Grain: one row per file that a site delivered for a study.
create table submission.submission (
    submission_id    bigint generated always as identity primary key,
    study_code       text        not null,
    site_code        text        not null,
    export_code      text        not null,
    file_name        text        not null,
    received_sha256  text        not null,
    archive_sha256   text,
    size_bytes       bigint      not null,
    as_of            timestamptz not null,
    as_of_source     text        not null check (as_of_source in ('file_name', 'column', 'receipt')),
    received_at      timestamptz not null,
    received_how     text        not null check (received_how in ('inbox', 'submit')),
    reading_sha256   text,
    status           text        not null
        check (status in ('received', 'staged', 'effective', 'superseded', 'held', 'rejected', 'withdrawn')),
    hold_reason      text        check (hold_reason in ('older', 'drops_participants', 'resent')),
    confirmed        boolean     not null default false,
    supersedes_id    bigint      references submission.submission,
    received         bigint      not null default 0,
    accepted         bigint      not null default 0,
    rejected         bigint      not null default 0,
    duplicate        bigint      not null default 0,
    superseded       bigint      not null default 0,
    participants     integer     not null default 0,
    stale            bigint      not null default 0,
    dirty            boolean     not null default true,
    constraint conserves_rows check (received = accepted + rejected + duplicate + superseded)
);
create index on submission.submission (study_code, site_code, export_code, as_of);

comment on table submission.submission is 'One row per file that a site delivered for a study';
comment on column submission.submission.submission_id is 'Names the delivery; also the name of its folder in the outbox';
comment on column submission.submission.study_code is 'Study the file was read for';
comment on column submission.submission.site_code is 'Site whose inbox held it';
comment on column submission.submission.export_code is 'Export of the site''s mapping that its name matched; empty when none did';
comment on column submission.submission.file_name is 'Name as delivered';
comment on column submission.submission.received_sha256 is 'SHA-256 of the bytes as delivered: the identity, never changes';
comment on column submission.submission.archive_sha256 is 'SHA-256 of the content now archived; differs after a withdrawal, null when nothing was archived';
comment on column submission.submission.size_bytes is 'Size as delivered';
comment on column submission.submission.as_of is 'When the export was taken: the latest wins, in whatever order files arrive';
comment on column submission.submission.as_of_source is 'Where as_of was told: the file''s name, a column, or our first receipt';
comment on column submission.submission.received_at is 'When it was first seen here';
comment on column submission.submission.received_how is 'Found in the inbox, or handed over with the submit command';
comment on column submission.submission.reading_sha256 is 'SHA-256 of the definitions it was last read with: mapping, instruments, arms';
comment on column submission.submission.status is 'received: to be read; staged: read; effective: its rows count; superseded: a later export stands in its place; held: waits for an answer, not applied; rejected: could not be used; withdrawn: erased';
comment on column submission.submission.hold_reason is 'Why it is held: an older export than the one in effect; lacks participants that the earlier one had; bytes of a superseded file again';
comment on column submission.submission.confirmed is 'Somebody answered that it is meant as it is';
comment on column submission.submission.supersedes_id is 'The delivery it stands in place of';
comment on column submission.submission.received is 'Data rows in the file';
comment on column submission.submission.accepted is 'Rows of which at least one fact counts now';
comment on column submission.submission.rejected is 'Rows refused; each has a finding';
comment on column submission.submission.duplicate is 'Rows that repeat another row of the file word for word';
comment on column submission.submission.superseded is 'Readable rows in whose place another file''s version stands';
comment on column submission.submission.participants is 'Participants the file speaks of';
comment on column submission.submission.stale is 'Earlier rows left standing because their new version was refused';
comment on column submission.submission.dirty is 'Its part in the data has changed since the last published snapshot';

-- Grain: one row per study and file name in a site's inbox, as last seen.
create table submission.inbox_file (
    study_code    text        not null,
    site_code     text        not null,
    file_name     text        not null,
    size_bytes    bigint      not null,
    modified_at   timestamptz not null,
    sha256        text        not null,
    submission_id bigint      references submission.submission,
    primary key (study_code, site_code, file_name)
);
comment on table submission.inbox_file is 'What lay in the inboxes when last looked at; tells a new delivery from one already received';
comment on column submission.inbox_file.study_code is 'Study the inbox was read for';
comment on column submission.inbox_file.site_code is 'Site whose inbox it is';
comment on column submission.inbox_file.file_name is 'Name in the inbox';
comment on column submission.inbox_file.size_bytes is 'Size when last seen';
comment on column submission.inbox_file.modified_at is 'Time of last change when last seen';
comment on column submission.inbox_file.sha256 is 'SHA-256 of the bytes when last seen';
comment on column submission.inbox_file.submission_id is 'Delivery these bytes are; null when they repeat the one in effect under another name';

-- Runs, and the job repository of Spring Batch, whose tables the program adds from the library's own script.
create schema batch;
comment on schema batch is 'Runs of jobs';

-- Grain: one row per run. A run may write only while its row says running: the fence
-- against a process that lost the lock and does not know it yet.
create table batch.run (
    run_id          bigint generated always as identity primary key,
    study_code      text        not null,
    job             text        not null,
    program_version text        not null,
    started_at      timestamptz not null,
    ended_at        timestamptz,
    status          text        not null check (status in ('running', 'completed', 'failed', 'crashed')),
    host            text        not null,
    pid             bigint      not null
);
comment on table batch.run is 'One row per run of a job';
comment on column batch.run.run_id is 'Names the run';
comment on column batch.run.study_code is 'Study it works on';
comment on column batch.run.job is 'Job';
comment on column batch.run.program_version is 'Version of the program';
comment on column batch.run.started_at is 'When it began';
comment on column batch.run.ended_at is 'When it ended; for a crashed run, when that was noticed';
comment on column batch.run.status is 'running, completed, failed, or crashed: ended without saying so, and recovered by the next';
comment on column batch.run.host is 'Machine';
comment on column batch.run.pid is 'Process';

-- What the morning summaries compare with, and runs that were asked to stop.

-- Grain: one row per study. A morning tells what differs from the last night of an earlier day, so several
-- nights of one day add up to one summary.
create table batch.morning (
    study_code text  primary key,
    told_on    date  not null,
    before     jsonb not null,
    latest     jsonb not null
);
comment on table batch.morning is 'One row per study: how things stood when the last morning summary was written, and before its day. Filled by the night; read by the next';
comment on column batch.morning.study_code is 'Study';
comment on column batch.morning.told_on is 'Day of the last summary, in the zone of the schedule';
comment on column batch.morning.before is 'Standing before that day: participants, submissions by status, findings as counts by keyed hash, main estimates';
comment on column batch.morning.latest is 'Standing after its last night, in the same form';

alter table batch.run drop constraint run_status_check;
alter table batch.run add constraint run_status_check
    check (status in ('running', 'completed', 'failed', 'crashed', 'stopped'));
comment on column batch.run.status is 'running, completed, failed, stopped: ended early as it was asked to; or crashed: ended without saying so, and recovered by the next';

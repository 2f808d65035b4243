-- Results may be computed anew from an older snapshot. They lie beside the others and never become the current ones.
alter table comparison.result add column retrospective boolean not null default false;
comment on column comparison.result.retrospective is 'Whether it looks back, at a snapshot that was not the latest or by definitions of the past; never current then';
comment on table comparison.result is 'Runs whose comparisons are complete; the latest of a study that does not look back is current';

-- Declared looks at the arms, how far a study is, and who may read what was found while it is ongoing.

-- Grain: one row per study. Rewritten at each publication.
create table warehouse.study (
    study_code text primary key,
    name       text not null,
    conduct    text not null check (conduct in ('completed', 'observational', 'ongoing'))
);
comment on table warehouse.study is 'Studies, and how far they are';
comment on column warehouse.study.study_code is 'Study';
comment on column warehouse.study.name is 'Its name as a report prints it';
comment on column warehouse.study.conduct is 'completed; observational: watched without tests; ongoing: arms are shown to the monitoring board alone';

-- Grain: one row per look that was taken.
create table comparison.look (
    study_code      text        not null,
    look_code       text        not null,
    cut_off         date        not null,
    declaration     text        not null,
    run_id          bigint      not null,
    snapshot_id     bigint      not null references warehouse.snapshot,
    definition_hash text        not null,
    taken_at        timestamptz not null,
    structures      jsonb       not null,
    primary key (study_code, look_code)
);
comment on table comparison.look is 'Declared looks that were taken: from what, by which plan, and what they fixed for later ones';
comment on column comparison.look.study_code is 'Study';
comment on column comparison.look.look_code is 'Name of the look in the study file';
comment on column comparison.look.cut_off is 'The last day whose data are in it';
comment on column comparison.look.declaration is 'How it had been declared; it cannot be declared otherwise any more';
comment on column comparison.look.run_id is 'Run that took it';
comment on column comparison.look.snapshot_id is 'Snapshot of the data it was taken from';
comment on column comparison.look.definition_hash is 'Definitions it was taken by';
comment on column comparison.look.taken_at is 'When';
comment on column comparison.look.structures is 'Covariance used for each outcome and model over all sites; later fits use the same';

alter table comparison.estimate
    add column look_code text,
    add column closed boolean not null default false;
comment on column comparison.estimate.look_code is 'Look it belongs to; null for what every night computes';
comment on column comparison.estimate.closed is 'Whether it was found by arm while the study was ongoing: only members of equipoise_dsmb can read it';

alter table comparison.model
    drop constraint model_pkey,
    add column look_code text,
    add column closed    boolean not null default false,
    add column fixed_by  text;
create unique index model_of_an_occasion
    on comparison.model (run_id, outcome_code, site_code, variant, coalesce(look_code, ''));
comment on column comparison.model.look_code is 'Look it belongs to; null for what every night computes';
comment on column comparison.model.closed is 'Whether it was fitted while the study was ongoing: only members of equipoise_dsmb can read it';
comment on column comparison.model.fixed_by is 'Look that had fixed the covariance; null where attendance and convergence decided';

-- Whom each row is for is said with the grants.
alter table comparison.estimate enable row level security;
alter table comparison.model enable row level security;

-- Grain: one row per site and outcome of a study. Rewritten at each publication, from the definitions.
create table warehouse.harmonization_status (
    study_code        text    not null,
    site_code         text    not null,
    outcome_code      text    not null,
    status            text    not null check (status in ('complete', 'approximate', 'undetermined', 'impossible')),
    reason            text    not null,
    intervals_planned integer not null,
    primary key (study_code, site_code, outcome_code)
);
comment on table warehouse.harmonization_status is 'How far what a site sends can become an outcome, by its mapping and the study''s definitions (Fortier et al. 2017); warehouse.harmonization says what became of it';
comment on column warehouse.harmonization_status.study_code is 'Study';
comment on column warehouse.harmonization_status.site_code is 'Site';
comment on column warehouse.harmonization_status.outcome_code is 'Outcome';
comment on column warehouse.harmonization_status.status is 'complete: the outcome itself; approximate: converted by a link that holds for groups, or told more coarsely; undetermined: it cannot be said; impossible: nothing sent leads there';
comment on column warehouse.harmonization_status.reason is 'What the status rests on, in words';
comment on column warehouse.harmonization_status.intervals_planned is 'At how many of the outcome''s intervals the site plans to see people; 0 for outcomes over periods';

-- The registry of instruments and crosswalks as a dictionary beside the facts, and which crosswalk a value came by.
-- All of these are rewritten at each publication.

alter table warehouse.outcome_series_history add column cell_crosswalks text[];
comment on column warehouse.outcome_series_history.cell_crosswalks is 'Crosswalk and version each value was converted by; null where it was measured on the scale itself';
comment on column warehouse.assessment_history.score_sources is 'items: computed here; embedded: computed here out of a longer form that holds this one; site: the site''s own total';

-- Grain: one row per study and instrument its outcomes or sites use.
create table warehouse.instrument (
    study_code      text    not null,
    instrument_code text    not null,
    name            text    not null,
    version         text    not null,
    items           integer not null,
    max_missing     integer,
    embedded_in     text[]  not null,
    recall          text    not null,
    licence_status  text    not null check (licence_status in ('public_domain', 'free', 'permission', 'commercial')),
    licence         text    not null,
    sources         text[]  not null,
    to_confirm      text[]  not null,
    primary key (study_code, instrument_code)
);
comment on table warehouse.instrument is 'Questionnaires and interviews with what is known of them, one row a study and instrument';
comment on column warehouse.instrument.study_code is 'Study';
comment on column warehouse.instrument.instrument_code is 'Instrument';
comment on column warehouse.instrument.name is 'Its full name';
comment on column warehouse.instrument.version is 'Which form of it this is';
comment on column warehouse.instrument.items is 'How many items it has';
comment on column warehouse.instrument.max_missing is 'With more items of the form missing no scale is scored; null where only the scales'' own rules hold';
comment on column warehouse.instrument.embedded_in is 'Longer instruments that hold it';
comment on column warehouse.instrument.recall is 'The period the respondent looks back on';
comment on column warehouse.instrument.licence_status is 'Whether a site may use it as it likes';
comment on column warehouse.instrument.licence is 'Whether and from whom permission is needed';
comment on column warehouse.instrument.sources is 'Where its scoring was read';
comment on column warehouse.instrument.to_confirm is 'What still has to be checked against the manual';

-- Grain: one row per study, instrument and scale.
create table warehouse.scale (
    study_code      text      not null,
    instrument_code text      not null,
    scale_code      text      not null,
    name            text      not null,
    aggregation     text      not null,
    parts           text[]    not null,
    recoded         boolean   not null,
    multiply        double precision not null,
    add             double precision not null,
    max_missing     integer   not null,
    count_missing   text      not null,
    least           double precision not null,
    greatest        double precision not null,
    direction       text      not null check (direction in ('lower_is_better', 'higher_is_better')),
    primary key (study_code, instrument_code, scale_code)
);
comment on table warehouse.scale is 'Scales of each instrument and how they are scored';
comment on column warehouse.scale.study_code is 'Study';
comment on column warehouse.scale.instrument_code is 'Instrument';
comment on column warehouse.scale.scale_code is 'Scale';
comment on column warehouse.scale.name is 'Its name';
comment on column warehouse.scale.aggregation is 'How items, or other scales, become its number';
comment on column warehouse.scale.parts is 'Scales it is made of; empty where it is made of items';
comment on column warehouse.scale.recoded is 'Whether some answers count as something else in it; the definition says as what';
comment on column warehouse.scale.multiply is 'The aggregate is multiplied by this';
comment on column warehouse.scale.add is 'This is added after that';
comment on column warehouse.scale.max_missing is 'How many of its items may be missing';
comment on column warehouse.scale.count_missing is 'What stands in for them: the mean of the answered ones, or nothing';
comment on column warehouse.scale.least is 'Least possible score';
comment on column warehouse.scale.greatest is 'Greatest possible score';
comment on column warehouse.scale.direction is 'Which way is better for the participant';

-- Grain: one row per study, instrument and item.
create table warehouse.item (
    study_code      text    not null,
    instrument_code text    not null,
    item            integer not null,
    least           integer not null,
    greatest        integer not null,
    step            integer not null,
    scales          text[]  not null,
    reversed_in     text[]  not null,
    primary key (study_code, instrument_code, item)
);
comment on table warehouse.item is 'Items of each instrument: numbers and ranges, never wording';
comment on column warehouse.item.study_code is 'Study';
comment on column warehouse.item.instrument_code is 'Instrument';
comment on column warehouse.item.item is 'Number of the item; its place in warehouse.assessment.item_values';
comment on column warehouse.item.least is 'Least answer';
comment on column warehouse.item.greatest is 'Greatest answer';
comment on column warehouse.item.step is 'From one allowed answer to the next';
comment on column warehouse.item.scales is 'Scales it counts in';
comment on column warehouse.item.reversed_in is 'Scales it counts in turned round: least plus greatest minus answer';

-- Grain: one row per study, instrument, scale, kind and score.
create table warehouse.threshold (
    study_code      text not null,
    instrument_code text not null,
    scale_code      text not null,
    kind            text not null check (kind in ('band', 'cut_off')),
    from_score      double precision not null,
    meaning         text not null,
    primary key (study_code, instrument_code, scale_code, kind, from_score)
);
comment on table warehouse.threshold is 'Scores from which a scale is said to mean something';
comment on column warehouse.threshold.study_code is 'Study';
comment on column warehouse.threshold.instrument_code is 'Instrument';
comment on column warehouse.threshold.scale_code is 'Scale';
comment on column warehouse.threshold.kind is 'band: up to the next band; cut_off: from there on';
comment on column warehouse.threshold.from_score is 'Least score it holds for';
comment on column warehouse.threshold.meaning is 'What it means';

-- Grain: one row per study, instrument, scale and basis.
create table warehouse.reliable_change (
    study_code       text not null,
    instrument_code  text not null,
    scale_code       text not null,
    basis            text not null,
    points           double precision not null,
    sd               double precision,
    reliability      double precision,
    reliability_kind text,
    primary key (study_code, instrument_code, scale_code, basis)
);
comment on table warehouse.reliable_change is 'Changes of one person that are more than error, with what each rests on';
comment on column warehouse.reliable_change.study_code is 'Study';
comment on column warehouse.reliable_change.instrument_code is 'Instrument';
comment on column warehouse.reliable_change.scale_code is 'Scale';
comment on column warehouse.reliable_change.basis is 'Whose numbers these are';
comment on column warehouse.reliable_change.points is 'The change, in the scale''s unit';
comment on column warehouse.reliable_change.sd is 'Standard deviation it was computed from';
comment on column warehouse.reliable_change.reliability is 'Reliability it was computed from';
comment on column warehouse.reliable_change.reliability_kind is 'Which reliability that is';

-- Grain: one row per study and crosswalk its outcomes accept.
create table warehouse.crosswalk (
    study_code      text    not null,
    crosswalk_code  text    not null,
    edition         text    not null,
    name            text    not null,
    instrument_code text    not null,
    scale_code      text    not null,
    metric          text    not null,
    status          text    not null,
    approximate     boolean not null,
    complete_only   boolean not null,
    least           double precision not null,
    greatest        double precision not null,
    population      text    not null,
    sources         text[]  not null,
    to_confirm      text[]  not null,
    primary key (study_code, crosswalk_code)
);
comment on table warehouse.crosswalk is 'Conversions between scales that the study accepts';
comment on column warehouse.crosswalk.study_code is 'Study';
comment on column warehouse.crosswalk.crosswalk_code is 'Crosswalk';
comment on column warehouse.crosswalk.edition is 'Crosswalk and version, as warehouse.outcome_value.crosswalk names it';
comment on column warehouse.crosswalk.name is 'What it converts into what';
comment on column warehouse.crosswalk.instrument_code is 'Instrument whose scores it takes';
comment on column warehouse.crosswalk.scale_code is 'Scale of that instrument';
comment on column warehouse.crosswalk.metric is 'What it leads to; of a scale, instrument/scale';
comment on column warehouse.crosswalk.status is 'How complete it is';
comment on column warehouse.crosswalk.approximate is 'Whether a converted value is less certain than a measured one; false only for a change of unit';
comment on column warehouse.crosswalk.complete_only is 'Whether it takes only scores without a missing item';
comment on column warehouse.crosswalk.least is 'Least score it takes';
comment on column warehouse.crosswalk.greatest is 'Greatest score it takes';
comment on column warehouse.crosswalk.population is 'Whom it was made with';
comment on column warehouse.crosswalk.sources is 'Where it was read';
comment on column warehouse.crosswalk.to_confirm is 'What still has to be checked';

-- What was read out of the files, typed, and what was wrong in it. Raw text stays in the archive.
create schema staging;
comment on schema staging is 'What was read from submissions, and findings';

-- Grain: one row per participant, instrument and occasion in a block of a file.
-- A long file's assessment may be split between blocks; harmonization joins the parts.
-- Values are whole numbers as the instrument defines them; reasons hold one byte an item
-- (see MissingReason), lines are null when every item came from first_line.
create table staging.assessment_fragment (
    submission_id        bigint  not null,
    source_submission_id bigint  not null,
    participant_key      uuid    not null,
    instrument_code      text    not null,
    form_code            text    not null,
    visit_code           text,
    event_name           text,
    assessed_on          date,
    first_line           integer not null,
    item_values          smallint[] not null,
    item_reasons         bytea   not null,
    item_lines           integer[],
    total_scales         text[]  not null,
    total_values         double precision[] not null,
    total_uses           text[]  not null,
    total_lines          integer[] not null,
    stale                boolean not null default false
);
create index on staging.assessment_fragment (submission_id, participant_key);
comment on table staging.assessment_fragment is 'Item answers and site totals of one participant, instrument and occasion, as read from a block of a file';
comment on column staging.assessment_fragment.submission_id is 'Submission through which it counts';
comment on column staging.assessment_fragment.source_submission_id is 'Submission whose file it was read from; differs when an earlier version was left standing';
comment on column staging.assessment_fragment.participant_key is 'Participant';
comment on column staging.assessment_fragment.instrument_code is 'Instrument';
comment on column staging.assessment_fragment.form_code is 'Form of the site''s mapping';
comment on column staging.assessment_fragment.visit_code is 'Interval that the site''s own visit name stands for; null when dates place the row';
comment on column staging.assessment_fragment.event_name is 'The site''s own name of the visit';
comment on column staging.assessment_fragment.assessed_on is 'Date of the assessment';
comment on column staging.assessment_fragment.first_line is 'First line of the file it came from, header = 1';
comment on column staging.assessment_fragment.item_values is 'Answers by item number, in the instrument''s own coding; null when missing';
comment on column staging.assessment_fragment.item_reasons is 'One byte an item: why it is missing, 0 when it is there';
comment on column staging.assessment_fragment.item_lines is 'Line of each item; null when all are from first_line';
comment on column staging.assessment_fragment.total_scales is 'Scales the site sent a total of';
comment on column staging.assessment_fragment.total_values is 'Those totals';
comment on column staging.assessment_fragment.total_uses is 'What each total is for: cross_check or score';
comment on column staging.assessment_fragment.total_lines is 'Line of each total';
comment on column staging.assessment_fragment.stale is 'An earlier version, standing because the new one was refused';

-- Grain: one row per participant, fact and distinct value in a block of a file.
create table staging.participant_fact (
    submission_id        bigint  not null,
    source_submission_id bigint  not null,
    participant_key      uuid    not null,
    fact                 text    not null,
    fact_text            text,
    fact_date            date,
    first_line           integer not null,
    column_name          text    not null,
    stale                boolean not null default false
);
create index on staging.participant_fact (submission_id, participant_key);
comment on table staging.participant_fact is 'What files say of a participant: arm, anchor dates, strata';
comment on column staging.participant_fact.submission_id is 'Submission through which it counts';
comment on column staging.participant_fact.source_submission_id is 'Submission whose file it was read from';
comment on column staging.participant_fact.participant_key is 'Participant';
comment on column staging.participant_fact.fact is 'Name of the fact, as studies use it';
comment on column staging.participant_fact.fact_text is 'Its value as text; null for dates';
comment on column staging.participant_fact.fact_date is 'Its value as a date';
comment on column staging.participant_fact.first_line is 'First line of the file that says so, header = 1';
comment on column staging.participant_fact.column_name is 'Column it was read from';
comment on column staging.participant_fact.stale is 'An earlier version, standing because the new one was refused';

-- Grain: one row per refused row whose participant could be told.
-- An earlier accepted version of such a row is left standing.
create table staging.refused_row (
    submission_id   bigint  not null,
    line            integer not null,
    participant_key uuid    not null,
    visit_code      text,
    assessed_on     date,
    instrument_code text,
    item            smallint
);
create index on staging.refused_row (submission_id, participant_key);
comment on table staging.refused_row is 'Rows that were refused, as far as their key could be read';
comment on column staging.refused_row.submission_id is 'Submission';
comment on column staging.refused_row.line is 'Line of the file, header = 1';
comment on column staging.refused_row.participant_key is 'Participant the row is about';
comment on column staging.refused_row.visit_code is 'Visit it is about, if that could be read';
comment on column staging.refused_row.assessed_on is 'Date it is about, if that could be read';
comment on column staging.refused_row.instrument_code is 'Instrument, when a row holds one';
comment on column staging.refused_row.item is 'Item, when a row holds one; null for a total or a whole assessment';

-- Grain: one row per finding of a submission; many of one kind in one column may be one row with a count.
create table staging.finding (
    finding_id      bigint generated always as identity primary key,
    submission_id   bigint      not null references submission.submission,
    code            text        not null,
    severity        text        not null check (severity in ('error', 'warning', 'info')),
    category        text        not null check (category in ('file', 'row', 'value', 'score', 'submission')),
    line            integer     not null,
    "column"        text,
    record_ref      text,
    event           text,
    form            text,
    field           text,
    expected        text        not null,
    found           text,
    message         text        not null,
    remedy          text        not null,
    count           integer     not null default 1,
    participant_key uuid,
    first_seen      timestamptz not null,
    last_seen       timestamptz not null,
    status          text        not null check (status in ('open', 'resolved'))
);
create index on staging.finding (submission_id);
create index on staging.finding (participant_key) where participant_key is not null;
comment on table staging.finding is 'What was wrong in a submission: where, what was expected, how to mend it. Found values may be a participant''s: for the site only';
comment on column staging.finding.finding_id is 'Names the row';
comment on column staging.finding.submission_id is 'Submission it was found in';
comment on column staging.finding.code is 'Stable code; the catalogue is in the documentation of checks';
comment on column staging.finding.severity is 'error: value or row refused; warning: kept; info: told for completeness';
comment on column staging.finding.category is 'What it is about: the file, a row, a value, a score computed from several rows, the submission among others';
comment on column staging.finding.line is 'Line as a spreadsheet shows it, header = 1; 0 for the file as a whole';
comment on column staging.finding."column" is 'Header of the column';
comment on column staging.finding.record_ref is 'The site''s own id of the participant';
comment on column staging.finding.event is 'The site''s own name of the visit';
comment on column staging.finding.form is 'Form or questionnaire';
comment on column staging.finding.field is 'Field within the form';
comment on column staging.finding.expected is 'What would have been right';
comment on column staging.finding.found is 'What was there';
comment on column staging.finding.message is 'What is wrong, in a sentence';
comment on column staging.finding.remedy is 'How to mend it';
comment on column staging.finding.count is 'How often, when told once for many';
comment on column staging.finding.participant_key is 'Participant, for findings made while scoring';
comment on column staging.finding.first_seen is 'When the same finding first appeared in this export';
comment on column staging.finding.last_seen is 'When it was last seen';
comment on column staging.finding.status is 'open, or resolved when a later file no longer has it';

-- Grain: one row per participant to be harmonized in the coming snapshot. Filled anew each night.
create table staging.pending_participant (
    participant_key uuid primary key
);
comment on table staging.pending_participant is 'Participants whose facts or definitions changed since the last snapshot';
comment on column staging.pending_participant.participant_key is 'Participant';

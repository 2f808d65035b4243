-- By whom and in which group most of a participant's care was given, for standard errors that know of clusters.
alter table warehouse.participant_history
    add column therapist text,
    add column therapy_group text;
comment on column warehouse.participant_history.therapist is 'The site''s code of the therapist of most sessions; null when the site does not say';
comment on column warehouse.participant_history.therapy_group is 'The site''s code of the therapy group or team of most sessions; null when there was none';

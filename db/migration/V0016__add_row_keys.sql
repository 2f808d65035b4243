-- What tells a row of a delivery from the participant's others, so that it is found again when its new version is refused.
alter table staging.event add column row_key text not null default '';
alter table staging.spell add column row_key text not null default '';
alter table staging.observed_span add column row_key text not null default '';
alter table staging.care_episode add column row_key text not null default '';
alter table staging.participant_fact add column row_key text not null default '';
alter table staging.refused_row add column row_key text not null default '';
comment on column staging.event.row_key is 'What tells the row from the participant''s others by the mapping''s row_key; rows with the same are told apart by their order';
comment on column staging.spell.row_key is 'What tells the row from the participant''s others by the mapping''s row_key; rows with the same are told apart by their order';
comment on column staging.observed_span.row_key is 'What tells the row from the participant''s others by the mapping''s row_key; rows with the same are told apart by their order';
comment on column staging.care_episode.row_key is 'What tells the row from the participant''s others by the mapping''s row_key; rows with the same are told apart by their order';
comment on column staging.participant_fact.row_key is 'What tells the first row that says it from the participant''s others';
comment on column staging.refused_row.row_key is 'What tells the row from the participant''s others by the mapping''s row_key; rows with the same are told apart by their order';

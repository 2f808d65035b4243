-- Who may read what. The roles have no login; a person's own login is made a member of one.
grant usage on schema submission, warehouse, comparison to equipoise_analyst, equipoise_dsmb;
grant select on submission.submission to equipoise_analyst, equipoise_dsmb;
grant select on warehouse.snapshot, warehouse.current_snapshot, warehouse.definition, warehouse.site, warehouse.arm,
    warehouse.interval, warehouse.period, warehouse.event, warehouse.spell, warehouse.observation_time,
    warehouse.care_episode, warehouse.outcome, warehouse.participant, warehouse.allocation, warehouse.assessment,
    warehouse.score, warehouse.outcome_value, warehouse.instrument, warehouse.scale, warehouse.item,
    warehouse.threshold, warehouse.reliable_change, warehouse.crosswalk, warehouse.harmonization_status,
    warehouse.harmonization, warehouse.observed_time, warehouse.care_profile, warehouse.care_by_site
    to equipoise_analyst, equipoise_dsmb;
grant execute on function warehouse.at(bigint) to equipoise_analyst, equipoise_dsmb;
grant select on comparison.estimate, comparison.result, comparison.current_estimate, comparison.model,
    comparison.current_model to equipoise_analyst, equipoise_dsmb;
grant usage on schema submission, identity, staging, warehouse, comparison, batch to equipoise_loader;
grant select, insert, update, delete on all tables in schema submission, identity, staging, warehouse, comparison, batch
    to equipoise_loader;
grant usage on all sequences in schema submission, identity, staging, warehouse, comparison, batch to equipoise_loader;

-- What runs there were holds nothing of a participant; status shows it with an analyst's rights.
grant usage on schema batch to equipoise_analyst;
grant select on batch.run to equipoise_analyst;

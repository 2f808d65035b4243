-- Who may read what. The roles have no login; a person's own login is made a member of one.
-- Done after every change of the views, which may have been dropped: ${flyway:timestamp}
grant usage on schema submission, warehouse, comparison to equipoise_analyst, equipoise_dsmb;
grant select on submission.submission to equipoise_analyst, equipoise_dsmb;
grant select on warehouse.study, warehouse.snapshot, warehouse.current_snapshot, warehouse.frozen, warehouse.definition, warehouse.site, warehouse.arm,
    warehouse.interval, warehouse.period, warehouse.event, warehouse.spell, warehouse.observation_time,
    warehouse.care_episode, warehouse.outcome, warehouse.participant, warehouse.allocation, warehouse.assessment,
    warehouse.score, warehouse.outcome_value, warehouse.instrument, warehouse.scale, warehouse.item,
    warehouse.threshold, warehouse.reliable_change, warehouse.crosswalk, warehouse.harmonization_status,
    warehouse.harmonization, warehouse.observed_time, warehouse.care_profile, warehouse.care_by_site
    to equipoise_analyst, equipoise_dsmb;
grant execute on function warehouse.at(bigint) to equipoise_analyst, equipoise_dsmb;
grant select on comparison.estimate, comparison.result, comparison.current_estimate, comparison.model,
    comparison.current_model, comparison.look, comparison.release, comparison.look_estimate to equipoise_analyst, equipoise_dsmb;
grant usage on schema adam to equipoise_analyst, equipoise_dsmb;
grant select on all tables in schema adam to equipoise_analyst, equipoise_dsmb;
grant execute on function adam.relative_day(integer) to equipoise_analyst, equipoise_dsmb;
grant usage on schema submission, identity, staging, warehouse, comparison, batch to equipoise_loader;
grant select, insert, update, delete on all tables in schema submission, identity, staging, warehouse, comparison, batch
    to equipoise_loader;
grant usage on all sequences in schema submission, identity, staging, warehouse, comparison, batch to equipoise_loader;

-- What runs there were holds nothing of a participant; status shows it with an analyst's rights.
grant usage on schema batch to equipoise_analyst;
grant select on batch.run to equipoise_analyst;

-- What was found by arm while a study was ongoing is for the monitoring board alone. A view that reads these tables must be
-- a security invoker, or its owner's rights would show everyone everything.
drop policy if exists open_results on comparison.estimate;
create policy open_results on comparison.estimate for select to equipoise_analyst using (not closed);
drop policy if exists all_results on comparison.estimate;
create policy all_results on comparison.estimate for select to equipoise_dsmb using (true);
drop policy if exists written_results on comparison.estimate;
create policy written_results on comparison.estimate to equipoise_loader using (true) with check (true);
drop policy if exists open_models on comparison.model;
create policy open_models on comparison.model for select to equipoise_analyst using (not closed);
drop policy if exists all_models on comparison.model;
create policy all_models on comparison.model for select to equipoise_dsmb using (true);
drop policy if exists written_models on comparison.model;
create policy written_models on comparison.model to equipoise_loader using (true) with check (true);

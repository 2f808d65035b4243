-- The latest complete results of each study.

-- Grain: one row per estimate of a study's latest results.
create or replace view comparison.current_estimate as
select e.*
from comparison.estimate e
join (select study_code, max(run_id) as run_id from comparison.result group by study_code) r using (study_code, run_id);
comment on view comparison.current_estimate is 'Estimates of the latest complete results of each study';

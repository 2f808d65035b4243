-- Grain: one row per value. From a number back to the assessment, its items, and the file and line they were read from.
select v.outcome_code, v.interval_code, v.participant_key, v.value,
       a.instrument_code, a.assessed_on, a.item_values, s.site_code, s.file_name, a.line, s.received_sha256
from warehouse.outcome_value v
join warehouse.assessment a on a.assessment_id = v.assessment_id
join submission.submission s on s.submission_id = a.submission_id
where v.value is not null
order by v.outcome_code, v.interval_code, v.participant_key
limit 100;

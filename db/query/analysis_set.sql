-- Grain: one row per participant, outcome and follow-up. The table most models start from: value beside baseline.
select v.study_code, v.outcome_code, v.interval_code, v.participant_key, v.site_code, v.arm_code,
       b.value as baseline, v.value, v.value - b.value as change, v.day
from warehouse.outcome_value v
left join warehouse.outcome_value b
       on b.participant_key = v.participant_key and b.study_code = v.study_code
      and b.outcome_code = v.outcome_code and b.interval_code = 'baseline'
where v.interval_code <> 'baseline' and v.value is not null
order by v.outcome_code, v.interval_code, v.participant_key;

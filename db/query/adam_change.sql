-- Grain: one row per arm and planned visit. Mean and change from baseline of a score, as an R or SAS program reads it.
-- Change the parameter's code; adam."ADPARAM" lists all.
select "PARAMCD", "AVISITN", "AVISIT", "TRTP", count("AVAL")::integer as n, round(avg("AVAL")::numeric, 2) as mean,
       count("CHG")::integer as n_change, round(avg("CHG")::numeric, 2) as mean_change, round(stddev_samp("CHG")::numeric, 2) as sd_change
from adam."ADQS"
where "PARAMCD" = 'BPDSVZN' and "ANL01FL" = 'Y' and "TRTP" is not null
group by "PARAMCD", "AVISITN", "AVISIT", "TRTP", "TRTPN"
order by "AVISITN", "TRTPN";

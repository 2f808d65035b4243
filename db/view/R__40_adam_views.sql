-- The snapshot that the session reads, in the shape of CDISC ADaM: names of at most eight capitals, labels of at most forty
-- characters as comments, Y or null for flags, null and never an empty text. Security invokers: whoever may not see arms or
-- dates in warehouse sees none here. No bigint, which R would read as another kind of number.
-- Reference: CDISC, Analysis Data Model Implementation Guide 1.3.
-- Done after every change of the tables and other views, which may have dropped these: ${flyway:timestamp}

-- Grain: one row per day from time zero. ADaM counts no day 0: the day of time zero is day 1, the one before it day -1.
create or replace function adam.relative_day(days integer) returns integer
    language sql immutable
    return days + (days >= 0)::integer;
comment on function adam.relative_day(integer) is 'Days from time zero as ADaM counts them: without a day 0';

-- Grain: one row per participant.
create or replace view adam."ADSL" with (security_invoker = true) as
with waiting as (
    select participant_key from warehouse.outcome_value where reason = 'not_due' group by participant_key),
death as (
    select participant_key, min(day) as day from warehouse.event where kind = 'death' and times > 0 group by participant_key),
seen as (
    select participant_key, max(assessed_on) as last_on from warehouse.assessment group by participant_key),
person as (
    select a.participant_key, a.study_code, a.site_code, a.arm_code, a.time_zero, a.factors, a.anchors <> '{}' as dated,
           (a.anchors ->> 'randomised_on')::date as randomised_on, (a.anchors ->> 'treatment_start_on')::date as started_on,
           coalesce((a.anchors ->> 'died_on')::date, a.time_zero + death.day) as died_on, (a.anchors ->> 'withdrew_on')::date as withdrew_on,
           greatest((a.anchors ->> 'last_contact_on')::date, seen.last_on) as last_on,
           waiting.participant_key is not null as waits
    from warehouse.allocation a
    left join waiting using (participant_key)
    left join death using (participant_key)
    left join seen using (participant_key))
select p.study_code as "STUDYID", p.participant_key::text as "USUBJID", p.participant_key::text as "SUBJID", p.site_code as "SITEID",
       r.name as "ARM", p.arm_code as "TRT01P", (r.role = 'treatment')::integer as "TRT01PN",
       case when p.arm_code is not null then 'Y' end as "ITTFL",
       case when s.randomised then 'Y' end as "SITERAND", s.comparator as "COMPARAT",
       p.randomised_on as "RANDDT", p.time_zero as "TZERODT", p.started_on as "TRTSDT",
       case when p.factors ->> 'age' ~ '^[0-9]{1,3}([.][0-9]+)?$' then floor((p.factors ->> 'age')::numeric)::integer end as "AGE",
       case when p.factors ->> 'age' ~ '^[0-9]{1,3}([.][0-9]+)?$' then 'YEARS' end as "AGEU",
       nullif(p.factors ->> 'sex', '') as "SEX",
       case when not p.dated then null
            when p.died_on is not null or p.withdrew_on is not null then 'DISCONTINUED'
            when p.waits then 'ONGOING'
            else 'COMPLETED' end as "EOSSTT",
       least(p.died_on, p.withdrew_on) as "EOSDT",
       case when p.died_on <= coalesce(p.withdrew_on, p.died_on) then 'DEATH'
            when p.withdrew_on is not null then 'WITHDRAWAL BY SUBJECT' end as "DCSREAS",
       case when p.died_on is not null then 'Y' end as "DTHFL", p.died_on as "DTHDT", p.last_on as "LSTALVDT"
from person p
left join warehouse.site s on s.study_code = p.study_code and s.site_code = p.site_code
left join warehouse.arm r on r.study_code = p.study_code and r.arm_code = p.arm_code;
comment on view adam."ADSL" is 'Subject-Level Analysis Dataset: one row per participant';
comment on column adam."ADSL"."SUBJID" is 'Subject Identifier for the Study';
comment on column adam."ADSL"."ARM" is 'Description of Planned Arm';
comment on column adam."ADSL"."TRT01P" is 'Planned Treatment for Period 01';
comment on column adam."ADSL"."TRT01PN" is 'Planned Treatment for Period 01 (N)';
comment on column adam."ADSL"."ITTFL" is 'Intent-To-Treat Population Flag';
comment on column adam."ADSL"."SITERAND" is 'Site Allocates at Random Flag';
comment on column adam."ADSL"."COMPARAT" is 'Class of the Comparator at the Site';
comment on column adam."ADSL"."RANDDT" is 'Date of Randomization';
comment on column adam."ADSL"."TZERODT" is 'Date of Time Zero of Follow-Up';
comment on column adam."ADSL"."TRTSDT" is 'Date of First Exposure to Treatment';
comment on column adam."ADSL"."AGE" is 'Age';
comment on column adam."ADSL"."AGEU" is 'Age Units';
comment on column adam."ADSL"."SEX" is 'Sex, as the Site Writes It';
comment on column adam."ADSL"."EOSSTT" is 'End of Study Status';
comment on column adam."ADSL"."EOSDT" is 'End of Study Date';
comment on column adam."ADSL"."DCSREAS" is 'Reason for Discontinuation from Study';
comment on column adam."ADSL"."DTHFL" is 'Subject Death Flag';
comment on column adam."ADSL"."DTHDT" is 'Date of Death';
comment on column adam."ADSL"."LSTALVDT" is 'Date Last Known Alive';

-- Grain: one row per outcome of a study, with what all data sets say of it.
create or replace view adam."ADPARAM" with (security_invoker = true) as
select o.study_code as "STUDYID", o.name as "PARAM", o.paramcd as "PARAMCD",
       row_number() over (partition by o.study_code order by o.paramcd collate "C")::integer as "PARAMN",
       upper(o.type) as "PARCAT1", upper(o.tier) as "PARCAT2", o.unit as "AVALU", o.outcome_code as "OUTCOME",
       o.source as "PARAMSRC"
from warehouse.outcome o;
comment on view adam."ADPARAM" is 'Parameters: one row per outcome of a study';
comment on column adam."ADPARAM"."OUTCOME" is 'Code of the Outcome in the Study File';
comment on column adam."ADPARAM"."PARAMSRC" is 'Where Its Values Come From, in Words';

-- Grain: one row per period of a study, numbered in their order.
create or replace view adam."ADPERIOD" with (security_invoker = true) as
select s.study_code as "STUDYID", s.name as "APERIODC",
       row_number() over (partition by s.study_code order by s.from_month, s.to_month, s.period_code collate "C")::integer as "APERIOD",
       s.from_month as "APERMLO", s.to_month as "APERMHI", s.period_code as "PERIOD"
from warehouse.period s;
comment on view adam."ADPERIOD" is 'Periods: one row per period of a study, numbered';
comment on column adam."ADPERIOD"."PERIOD" is 'Code of the Period in the Study File';

-- Grain: one row per participant, parameter and planned visit, with a value or the reason why there is none.
create or replace view adam."ADQSGRID" with (security_invoker = true) as
with cell as (
    select v.study_code, v.site_code, v.participant_key, v.arm_code, v.outcome_code, v.value, v.day, v.reason, v.assessment_id,
           v.crosswalk, v.approximate, v.conversion_se, i.name as visit, i.month, i.target_day, i.from_day, i.to_day,
           max(v.value) filter (where i.month = 0) over (partition by v.participant_key, v.outcome_code) as base
    from warehouse.outcome_value v
    join warehouse.interval i on i.study_code = v.study_code and i.interval_code = v.interval_code)
select c.study_code as "STUDYID", c.site_code as "SITEID", c.participant_key::text as "USUBJID",
       c.arm_code as "TRTP", (r.role = 'treatment')::integer as "TRTPN",
       p."PARAM", p."PARAMCD", p."PARAMN", p."PARCAT1", p."PARCAT2",
       c.visit as "AVISIT", c.month as "AVISITN", a.time_zero + c.day as "ADT", adam.relative_day(c.day) as "ADY",
       c.value as "AVAL", case when p."PARCAT1" = 'BINARY' and c.value is not null then case c.value when 1 then 'Y' else 'N' end end as "AVALC",
       p."AVALU", c.base as "BASE",
       case when c.month > 0 and p."PARCAT1" = 'CONTINUOUS' then c.value - c.base end as "CHG",
       case when c.month > 0 and p."PARCAT1" = 'CONTINUOUS' and c.base <> 0 then 100 * (c.value - c.base) / c.base end as "PCHG",
       case when c.month = 0 and c.value is not null then 'Y' end as "ABLFL",
       case when c.value is not null then 'Y' end as "ANL01FL",
       adam.relative_day(c.target_day) as "AWTARGET", abs(c.day - c.target_day) as "AWTDIFF",
       adam.relative_day(c.from_day) as "AWLO", adam.relative_day(c.to_day - 1) as "AWHI", 'DAYS' as "AWU",
       c.crosswalk as "XWALK", case when c.approximate then 'Y' end as "XWALKFL", c.conversion_se as "XWALKSE",
       case when c.assessment_id is not null then 'ASSESSMENT' end as "SRCDOM", c.assessment_id::double precision as "SRCSEQ",
       c.reason as "AVALREAS"
from cell c
join adam."ADPARAM" p on p."STUDYID" = c.study_code and p."OUTCOME" = c.outcome_code
join warehouse.allocation a using (participant_key)
left join warehouse.arm r on r.study_code = c.study_code and r.arm_code = c.arm_code;
comment on view adam."ADQSGRID" is 'All planned cells of ADQS: one row per participant, parameter and visit, with a value or a reason';

-- Grain: one row per participant, parameter and planned visit with a value.
create or replace view adam."ADQS" with (security_invoker = true) as
select "STUDYID", "SITEID", "USUBJID", "TRTP", "TRTPN", "PARAM", "PARAMCD", "PARAMN", "PARCAT1", "PARCAT2", "AVISIT", "AVISITN",
       "ADT", "ADY", "AVAL", "AVALC", "AVALU", "BASE", "CHG", "PCHG", "ABLFL", "ANL01FL", "AWTARGET", "AWTDIFF", "AWLO", "AWHI",
       "AWU", "XWALK", "XWALKFL", "XWALKSE", "SRCDOM", "SRCSEQ"
from adam."ADQSGRID"
where "AVAL" is not null;
comment on view adam."ADQS" is 'Questionnaires and ratings (BDS): one row per participant, parameter and visit with a value';

-- Grain: one row per participant, parameter and period in which enough was known: what happened how often, how long, at what cost.
create or replace view adam."ADEVENT" with (security_invoker = true) as
select v.study_code as "STUDYID", v.site_code as "SITEID", v.participant_key::text as "USUBJID",
       v.arm_code as "TRTP", (r.role = 'treatment')::integer as "TRTPN",
       p."PARAM", p."PARAMCD", p."PARAMN", p."PARCAT1", p."PARCAT2",
       s."APERIODC", s."APERIOD", s."APERMLO", s."APERMHI",
       a.time_zero + v.day as "ADT", adam.relative_day(v.day) as "ADY",
       v.value as "AVAL", case when p."PARCAT1" = 'BINARY' then case v.value when 1 then 'Y' else 'N' end end as "AVALC",
       p."AVALU", v.exposure_days as "RISKDYS", 'Y' as "ANL01FL"
from warehouse.outcome_value v
join adam."ADPERIOD" s on s."STUDYID" = v.study_code and s."PERIOD" = v.period_code
join adam."ADPARAM" p on p."STUDYID" = v.study_code and p."OUTCOME" = v.outcome_code
join warehouse.allocation a using (participant_key)
left join warehouse.arm r on r.study_code = v.study_code and r.arm_code = v.arm_code
where v.value is not null and p."PARCAT1" <> 'TIME_TO_EVENT';
comment on view adam."ADEVENT" is 'Events, durations and costs by period (BDS): one row per participant, parameter and period';

-- Grain: one row per participant and parameter that is a time to an event, and period it is counted in.
create or replace view adam."ADTTE" with (security_invoker = true) as
select v.study_code as "STUDYID", v.site_code as "SITEID", v.participant_key::text as "USUBJID",
       v.arm_code as "TRTP", (r.role = 'treatment')::integer as "TRTPN",
       p."PARAM", p."PARAMCD", p."PARAMN", p."PARCAT1", p."PARCAT2",
       s."APERIODC", s."APERIOD",
       a.time_zero + v.day - (v.value::integer - 1) as "STARTDT", a.time_zero + v.day as "ADT",
       v.value as "AVAL", 'DAYS' as "AVALU",
       case v.ending when 'event' then 0 when 'death' then 2 else 1 end as "CNSR",
       case v.ending when 'event' then upper(p."PARAM") when 'death' then 'DEATH WITHOUT THE EVENT' else 'CENSORED' end as "EVNTDESC",
       case v.ending when 'event' then null when 'death' then 'DATE OF DEATH' else 'LAST DAY AT RISK' end as "CNSDTDSC"
from warehouse.outcome_value v
join adam."ADPERIOD" s on s."STUDYID" = v.study_code and s."PERIOD" = v.period_code
join adam."ADPARAM" p on p."STUDYID" = v.study_code and p."OUTCOME" = v.outcome_code
join warehouse.allocation a using (participant_key)
left join warehouse.arm r on r.study_code = v.study_code and r.arm_code = v.arm_code
where v.value is not null and p."PARCAT1" = 'TIME_TO_EVENT';
comment on view adam."ADTTE" is 'Time-to-Event Analysis: one row per participant, parameter and period';

-- Grain: one row per study, variable and level, in the order in which levels stand.
create or replace view adam."CODELIST" with (security_invoker = true) as
select r.study_code as "STUDYID", 'TRTP' as "VARNAME", r.arm_code as "CODE", (r.role = 'treatment')::integer as "CODEN", r.name as "DECODE"
from warehouse.arm r
union all
select i.study_code, 'AVISIT', i.name, i.month, i.name from warehouse.interval i
union all
select s."STUDYID", 'APERIODC', s."APERIODC", s."APERIOD", s."APERIODC" from adam."ADPERIOD" s
union all
select p."STUDYID", 'PARAMCD', p."PARAMCD", p."PARAMN", p."PARAM" from adam."ADPARAM" p;
comment on view adam."CODELIST" is 'Levels of TRTP, AVISIT, APERIODC and PARAMCD in their order, for factors; control comes first';

-- A variable has the same label in every data set that has it.
do $$
declare
    labelled record;
begin
    for labelled in
        select v.relname, l.variable, l.label
        from pg_class v
        join pg_namespace n on n.oid = v.relnamespace and n.nspname = 'adam'
        join pg_attribute a on a.attrelid = v.oid and a.attnum > 0
        join (values
            ('STUDYID', 'Study Identifier'), ('SITEID', 'Study Site Identifier'), ('USUBJID', 'Unique Subject Identifier'),
            ('TRTP', 'Planned Treatment'), ('TRTPN', 'Planned Treatment (N)'),
            ('PARAM', 'Parameter'), ('PARAMCD', 'Parameter Code'), ('PARAMN', 'Parameter (N)'),
            ('PARCAT1', 'Parameter Category 1: Type'), ('PARCAT2', 'Parameter Category 2: Tier'),
            ('AVISIT', 'Analysis Visit'), ('AVISITN', 'Analysis Visit (N): Month'),
            ('APERIODC', 'Period (C)'), ('APERIOD', 'Period'),
            ('APERMLO', 'First Month of the Period'), ('APERMHI', 'Month at Which the Period Ends'),
            ('STARTDT', 'Time to Event Origin Date'), ('ADT', 'Analysis Date'), ('ADY', 'Analysis Relative Day'),
            ('AVAL', 'Analysis Value'), ('AVALC', 'Analysis Value (C)'), ('AVALU', 'Analysis Value Unit'),
            ('AVALREAS', 'Reason for No Analysis Value'),
            ('BASE', 'Baseline Value'), ('CHG', 'Change from Baseline'), ('PCHG', 'Percent Change from Baseline'),
            ('ABLFL', 'Baseline Record Flag'), ('ANL01FL', 'Analysis Flag 01'),
            ('AWTARGET', 'Analysis Window Target'), ('AWTDIFF', 'Analysis Window Diff from Target'),
            ('AWLO', 'Analysis Window Beginning Timepoint'), ('AWHI', 'Analysis Window Ending Timepoint'),
            ('AWU', 'Analysis Window Unit'),
            ('XWALK', 'Crosswalk the Value Was Converted By'), ('XWALKFL', 'Value by an Approximate Crosswalk Flag'),
            ('XWALKSE', 'Standard Error of the Conversion'),
            ('SRCDOM', 'Source Data'), ('SRCSEQ', 'Source Sequence Number'),
            ('RISKDYS', 'Days in Which It Would Have Been Known'),
            ('CNSR', 'Censor'), ('EVNTDESC', 'Event or Censoring Description'), ('CNSDTDSC', 'Censor Date Description'),
            ('VARNAME', 'Variable'), ('CODE', 'Level'), ('CODEN', 'Level (N)'), ('DECODE', 'What the Level Means'))
            as l (variable, label) on l.variable = a.attname
        where v.relkind = 'v' and col_description(v.oid, a.attnum) is null
        order by v.relname, a.attnum
    loop
        execute format('comment on column adam.%I.%I is %L', labelled.relname, labelled.variable, labelled.label);
    end loop;
end $$;

-- How far sites and outcomes come together, and what the care consisted of.
-- Done after every change of the tables and other views, which may have dropped these: ${flyway:timestamp}

-- Grain: one row per site and outcome.
create or replace view warehouse.harmonization as
with published as (
    select o.study_code, o.site_code, o.outcome_code,
           sum(cardinality(array_remove(o.cell_values, null))) as published,
           sum(length(replace(o.cell_crosswalks, '.', ''))) as converted
    from warehouse.outcome_series o
    join warehouse.current_snapshot c on c.study_code = o.study_code
    where o.snapshot_from <= c.snapshot_id and (o.snapshot_to is null or o.snapshot_to > c.snapshot_id)
    group by o.study_code, o.site_code, o.outcome_code
)
select s.study_code, s.site_code, s.outcome_code,
       case when s.status in ('complete', 'approximate') and coalesce(p.published, 0) = 0
            then 'undetermined' else s.status end as status,
       case when s.status in ('complete', 'approximate') and coalesce(p.published, 0) = 0
            then 'nothing published yet; by the mapping ' || s.status || ': ' || s.reason else s.reason end as reason,
       s.intervals_planned,
       coalesce(p.published, 0)::bigint as published,
       coalesce(p.converted, 0)::bigint as converted
from warehouse.harmonization_status s
left join published p using (study_code, site_code, outcome_code);
comment on view warehouse.harmonization is 'Harmonisation status of each site and outcome, by the definitions and by what was published';
comment on column warehouse.harmonization.published is 'Values published, over participants and intervals or periods';
comment on column warehouse.harmonization.converted is 'Of these, those converted by a crosswalk';

-- The views of care go from participant to participant, each by the keys of its own rows: their time grows with the
-- participants whatever the planner knows of the tables, also in the night that fills them.

-- Grain: one row per participant, period and kind of event or spell that would have been known on some day of it.
create or replace view warehouse.observed_time as
select a.study_code, a.site_code, a.arm_code, a.participant_key, p.period_code, k.kind, o.days,
       (select sum(upper(r) - lower(r)) from unnest(o.days) r)::integer as observed_days
from warehouse.allocation a
join warehouse.period p on p.study_code = a.study_code
cross join lateral (
    select t.kind, range_agg(daterange(t.from_on, t.to_on, '[]')) as days
    from warehouse.observation_time t
    where t.study_code = a.study_code and t.participant_key = a.participant_key
    group by t.kind
) k
cross join lateral (
    select k.days * datemultirange(daterange((a.time_zero + make_interval(months => p.from_month))::date,
                                             (a.time_zero + make_interval(months => p.to_month))::date)) as days
) o
where a.time_zero is not null and not isempty(o.days);
comment on view warehouse.observed_time is 'Days of each period in which a kind of event or spell would have been known';
comment on column warehouse.observed_time.days is 'These days; spans that overlap count once';
comment on column warehouse.observed_time.observed_days is 'How many they are';

-- Grain: one row per participant, period, source, kind and detail: what a person was given and used, where it was told.
-- Spells count by day, days in several at once once, inside the time in which their kind would have been known; where a
-- site tells days in a span and not which, each day of the span has its share. Events count where they are placed, what
-- two assessments tell of the same days once.
-- Sessions are spread evenly over the days of their episode; an episode that goes on counts in its first period whole.
create or replace view warehouse.care_profile as
select a.study_code, a.site_code, a.arm_code, a.participant_key, u.period_code, u.source, u.kind, u.detail, u.unit, u.amount,
       u.observed_days
from warehouse.allocation a
cross join lateral (
    with observed as (
        select o.period_code, o.kind, o.days, o.observed_days
        from warehouse.observed_time o
        where o.study_code = a.study_code and o.participant_key = a.participant_key
    ),
    span as (
        select p.period_code, daterange((a.time_zero + make_interval(months => p.from_month))::date,
                                        (a.time_zero + make_interval(months => p.to_month))::date) as days
        from warehouse.period p
        where p.study_code = a.study_code
    ),
    spell as (
        select h.kind, h.detail, h.counted_days as days,
               daterange(coalesce(h.counted_from_on, h.from_on), coalesce(h.counted_to_on, h.to_on), '[]') as span
        from warehouse.spell h
        where h.study_code = a.study_code and h.participant_key = a.participant_key and h.placement = 'counted'
    ),
    stay as (
        select s.kind, s.detail, range_agg(s.span) as days
        from spell s
        where s.days is null
        group by s.kind, s.detail
    ),
    amount as (
        select o.period_code, 'spell' as source, o.kind, s.detail, 'days' as unit,
               (select coalesce(sum(upper(r) - lower(r)), 0) from unnest(s.days * o.days) r)::double precision as amount
        from observed o
        join stay s on s.kind = o.kind and s.days && o.days
        union all
        select o.period_code, 'spell', o.kind, s.detail, 'days',
               s.days / (upper(s.span) - lower(s.span))
                   * (select coalesce(sum(upper(r) - lower(r)), 0) from unnest(datemultirange(s.span) * o.days) r)
        from observed o
        join spell s on s.kind = o.kind and o.days && s.span
        where s.days is not null
        union all
        select s.period_code, 'event', e.kind, e.detail, 'times', e.counted_times
        from warehouse.event e
        join span s on s.days @> a.time_zero + e.day
        where e.study_code = a.study_code and e.participant_key = a.participant_key and e.placement = 'counted'
        union all
        select s.period_code, 'care', e.modality, null, 'sessions',
               case when e.to_on is null then e.sessions * (s.days @> e.from_on)::int
                    else e.sessions * (upper(s.days * daterange(e.from_on, e.to_on, '[]'))
                                       - lower(s.days * daterange(e.from_on, e.to_on, '[]')))::double precision
                         / (e.to_on - e.from_on + 1) end
        from warehouse.care_episode e
        join span s on s.days && daterange(e.from_on, e.to_on, '[]')
        where e.study_code = a.study_code and e.participant_key = a.participant_key and e.sessions is not null
    )
    select m.period_code, m.source, m.kind, m.detail, m.unit, sum(m.amount) as amount, max(o.observed_days) as observed_days
    from amount m
    left join observed o on o.period_code = m.period_code and o.kind = m.kind
    group by m.period_code, m.source, m.kind, m.detail, m.unit
    having sum(m.amount) > 0
) u
where a.time_zero is not null;
comment on view warehouse.care_profile is 'What each participant''s care consisted of, by period: sessions, contacts, medication by class, admissions, therapies; nothing where nothing was used';
comment on column warehouse.care_profile.study_code is 'Study';
comment on column warehouse.care_profile.site_code is 'Site';
comment on column warehouse.care_profile.arm_code is 'Arm as randomised';
comment on column warehouse.care_profile.participant_key is 'Participant, without identity';
comment on column warehouse.care_profile.period_code is 'Period';
comment on column warehouse.care_profile.source is 'care: episodes of care; spell: time in a state; event';
comment on column warehouse.care_profile.kind is 'Modality of the care, or kind of spell or event';
comment on column warehouse.care_profile.detail is 'Class within the kind, such as the class of a drug';
comment on column warehouse.care_profile.unit is 'Unit of the amount: sessions, days or times';
comment on column warehouse.care_profile.amount is 'How much in the period';
comment on column warehouse.care_profile.observed_days is 'Days of the period in which it would have been known; null for sessions';

-- Grain: one row per site, arm, period, source, kind and detail.
create or replace view warehouse.care_by_site as
with people as (
    select a.study_code, a.site_code, a.arm_code, count(*) as allocated
    from warehouse.allocation a
    group by a.study_code, a.site_code, a.arm_code
),
-- Worked out once: a planner that expects few rows of use would do it again for each.
at_risk as materialized (
    select o.study_code, o.site_code, o.arm_code, o.period_code, o.kind,
           count(*) as people, sum(o.observed_days) / 365.25 as years
    from warehouse.observed_time o
    group by o.study_code, o.site_code, o.arm_code, o.period_code, o.kind
),
used as (
    select c.study_code, c.site_code, c.arm_code, c.period_code, c.source, c.kind, c.detail, c.unit,
           count(*) as recipients, sum(c.amount) as amount
    from warehouse.care_profile c
    group by c.study_code, c.site_code, c.arm_code, c.period_code, c.source, c.kind, c.detail, c.unit
)
select u.study_code, u.site_code, u.arm_code, u.period_code, u.source, u.kind, u.detail, u.unit,
       p.allocated, u.recipients, u.amount, u.amount / u.recipients as amount_per_recipient,
       r.people as observed_people, r.years::double precision as observed_years,
       case when r.years > 0 then u.amount / r.years::double precision end as amount_per_year
from used u
join people p on p.study_code = u.study_code and p.site_code = u.site_code and p.arm_code = u.arm_code
left join at_risk r on r.study_code = u.study_code and r.site_code = u.site_code and r.arm_code = u.arm_code
    and r.period_code = u.period_code and r.kind = u.kind;
comment on view warehouse.care_by_site is 'What the care of an arm consisted of at a site, by period: the profile of treatment as usual, and of the treatment';
comment on column warehouse.care_by_site.study_code is 'Study';
comment on column warehouse.care_by_site.site_code is 'Site';
comment on column warehouse.care_by_site.arm_code is 'Arm as randomised';
comment on column warehouse.care_by_site.period_code is 'Period';
comment on column warehouse.care_by_site.source is 'care: episodes of care; spell: time in a state; event';
comment on column warehouse.care_by_site.kind is 'Modality of the care, or kind of spell or event';
comment on column warehouse.care_by_site.detail is 'Class within the kind, such as the class of a drug';
comment on column warehouse.care_by_site.unit is 'Unit of the amounts: sessions, days or times';
comment on column warehouse.care_by_site.allocated is 'Participants allocated to the arm at the site';
comment on column warehouse.care_by_site.recipients is 'Of these, those with any in the period';
comment on column warehouse.care_by_site.amount is 'Sum over them';
comment on column warehouse.care_by_site.amount_per_recipient is 'The sum over those with any';
comment on column warehouse.care_by_site.observed_people is 'Participants in whom it would have been known on some day of the period; null for sessions';
comment on column warehouse.care_by_site.observed_years is 'Years in which it would have been known, over participants; null for sessions';
comment on column warehouse.care_by_site.amount_per_year is 'The sum over those years';

-- What counts of a number that was told for a recall period, where other records tell of the same days.
alter table warehouse.event_history add column counted_times integer;
update warehouse.event_history set counted_times = case when placement = 'counted' then times else 0 end;
alter table warehouse.event_history alter column counted_times set not null;
comment on column warehouse.event_history.times is 'How often, as told; 0 where the site says that there was none in the span';
comment on column warehouse.event_history.counted_times is 'How often it counts: 0 unless placed as counted; less than told where an earlier assessment, or a record of the day itself, tells of some of them';
comment on column warehouse.event_history.placement is 'counted: inside the time at risk; none_stated: the site says that there was none in the span; repeated: another submission, an earlier assessment or records of the days themselves tell of all of it; before_time_zero; after_follow_up: after death, withdrawal, last contact or export; not_observed: while its kind was not ascertained; no_time_zero';
comment on column warehouse.event_history.day is 'Days from time zero that it counts at: the middle of an open span, of a recall period the middle of the days not asked about before';

alter table warehouse.spell_history
    add column counted_days double precision,
    add column counted_from_on date,
    add column counted_to_on date;
update warehouse.spell_history set counted_days = days, counted_from_on = from_on, counted_to_on = to_on
where days is not null and placement <> 'no_time_zero';
comment on column warehouse.spell_history.days is 'How many days of the span, as told, where a site sends no more; null when all do';
comment on column warehouse.spell_history.counted_days is 'How many of them count: less than told where an earlier assessment, or spells by their dates, tell of some of them; null where all days of the span do, and without time zero';
comment on column warehouse.spell_history.counted_from_on is 'First day that these lie among, evenly: of a recall period the first not asked about before';
comment on column warehouse.spell_history.counted_to_on is 'Last day that they lie among';
comment on column warehouse.spell_history.placement is 'counted: inside the time at risk; none_stated: the site says that there was none in the span; repeated: another submission, an earlier assessment or spells by their dates tell of all of it; before_time_zero; after_follow_up: after death, withdrawal, last contact or export; not_observed: while its kind was not ascertained; no_time_zero';

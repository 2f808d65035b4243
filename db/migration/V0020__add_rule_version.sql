-- Remission and recovery mean different things in different papers: every value keeps the version of its rule.
alter table warehouse.outcome_series_history add column rule_version text;
comment on column warehouse.outcome_series_history.rule_version is 'Version of the rule that gave the values; null where no rule did';

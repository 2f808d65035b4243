-- What a site sends changes over the years: each file keeps the version of the mapping that it was made for.
alter table submission.submission add column mapping_version text;
comment on column submission.submission.mapping_version is 'Version of the export''s mapping it was last read with, as the mapping names it; null before, or when none fitted';

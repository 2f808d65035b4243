-- Releases are data sets and results since there are exports.
comment on table comparison.release is 'What was exported: data sets for analysts in the house, and results that may leave it';
comment on column comparison.release.kind is 'analysis: a row per participant, for analysts in the house; results: tables that may leave it, without small numbers';
comment on column comparison.release.sha256 is 'SHA-256 of the file SHA256SUMS, which holds those of all others; equal releases have equal ones';

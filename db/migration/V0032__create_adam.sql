-- Data sets in CDISC's shape for analysts: the schema, and the name by which they know an outcome.
create schema adam;
comment on schema adam is 'Analysis data sets in the shape of CDISC ADaM: views of the snapshot that the session reads';

alter table warehouse.outcome add column paramcd text;
comment on column warehouse.outcome.paramcd is 'The outcome''s name as a parameter in schema adam: at most eight capitals and digits';

-- The rule of the definitions, once, for what was published before it was there.
update warehouse.outcome o
set paramcd = left(
        regexp_replace(
            case when length(bare) <= 8 then bare
                 else regexp_replace(regexp_replace(upper(o.outcome_code), '(?<=[A-Z0-9])[AEIOU]', '', 'g'), '[^A-Z0-9]', '', 'g')
            end, '^(?![A-Z])', 'P'), 8)
from (select study_code, outcome_code, regexp_replace(upper(outcome_code), '[^A-Z0-9]', '', 'g') as bare
      from warehouse.outcome) b
where b.study_code = o.study_code and b.outcome_code = o.outcome_code;

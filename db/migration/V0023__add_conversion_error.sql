-- How uncertain a converted value is, beside the conversion it went through. After V0021, which made the table anew.
alter table warehouse.outcome_series_history add column cell_conversion_ses double precision[];
comment on column warehouse.outcome_series_history.cell_conversion_ses is 'Standard error of each converted value, as its crosswalk tells it; null where it does not or nothing was converted, and as a whole when there is none at all';

-- Grain: one row per submission. Does every row that came in have its place?
select s.site_code, s.file_name, s.status, s.received, s.accepted, s.rejected, s.duplicate, s.superseded,
       s.received = s.accepted + s.rejected + s.duplicate + s.superseded as conserved
from submission.submission s
order by s.site_code, s.as_of, s.file_name;

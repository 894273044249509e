-- What the reports of a worker's days said beside their positions: how many were marked as made up by the phone, and how many were
-- sent by a clock far from the service's.
-- $1 text town · $2 text worker · $3 timestamptz from · $4 timestamptz to, exclusive · $5 double precision seconds that are far
-- row: day date, mock int, mock_from timestamptz or null, mock_to, skew int, skew_from, skew_to, skew_seconds double precision or null
-- index: fixes_pk
-- scope: none, matching runs for the system
select (fixed_at at time zone 'Asia/Shanghai')::date as day,
  count(*) filter (where 'mock' = any (marks))::int as mock,
  min(fixed_at) filter (where 'mock' = any (marks)) as mock_from,
  max(fixed_at) filter (where 'mock' = any (marks)) as mock_to,
  count(*) filter (where abs(extract(epoch from received_at - sent_at)) >= $5)::int as skew,
  min(fixed_at) filter (where abs(extract(epoch from received_at - sent_at)) >= $5) as skew_from,
  max(fixed_at) filter (where abs(extract(epoch from received_at - sent_at)) >= $5) as skew_to,
  max(abs(extract(epoch from received_at - sent_at)))::double precision as skew_seconds
from wangge.fixes
where town_id = $1 and worker_id = $2 and fixed_at >= $3 and fixed_at < $4
  and (marks is not null or sent_at is not null)
group by 1
order by 1

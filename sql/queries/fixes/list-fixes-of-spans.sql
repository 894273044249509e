-- Fixes of several workers, each in an interval, in time order; those that are packed not among them.
-- $1 text town · $2 text[] workers · $3 timestamptz[] from of each · $4 timestamptz[] to of each, exclusive
-- $5 timestamptz from of all · $6 timestamptz to of all, exclusive
-- row: span integer (its place in the arrays, from 0), fixed_at timestamptz, longitude double precision, latitude double precision,
--   accuracy_metres real, sent_at timestamptz, received_at timestamptz, is_mock boolean
-- index: fixes_pk
-- scope: none, matching runs for the system
select (given.number - 1)::integer as span, fixed_at, longitude, latitude, accuracy_metres, sent_at, received_at,
  coalesce('mock' = any (marks), false) as is_mock
from unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) with ordinality as given (worker_id, from_at, to_at, number)
join wangge.fixes on fixes.town_id = $1
  and fixes.worker_id = given.worker_id
  and fixed_at >= given.from_at
  and fixed_at < given.to_at
  and fixed_at >= $5
  and fixed_at < $6
order by given.number, fixed_at

-- The last fix of each worker in an interval.
-- $1 timestamptz from · $2 timestamptz to, exclusive
-- row: town_id text, worker_id text, fixed_at timestamptz, longitude double precision, latitude double precision,
--      accuracy_metres real, speed_metres_per_second real, received_at timestamptz
-- index: fixes_pk, read backwards for each worker in the partitions of the interval
-- scope: none, the live board is the service's own; what a viewer sees of it is decided for each viewer
select w.town_id, w.worker_id, f.fixed_at, f.longitude, f.latitude, f.accuracy_metres, f.speed_metres_per_second, f.received_at
from wangge.workers w
cross join lateral (
  select *
  from wangge.fixes
  where fixes.town_id = w.town_id
    and fixes.worker_id = w.worker_id
    and fixes.fixed_at >= $1
    and fixes.fixed_at < $2
  order by fixes.fixed_at desc
  limit 1
) f

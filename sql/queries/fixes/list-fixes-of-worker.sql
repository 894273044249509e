-- One worker's fixes in an interval, in time order.
-- $1 text[] towns of the viewer · $2 text[] villages of the viewer · $3 text town · $4 text worker
-- $5 timestamptz from · $6 timestamptz to, exclusive
-- row: fixed_at timestamptz, longitude double precision, latitude double precision, accuracy_metres real, speed_metres_per_second real,
--   sent_at timestamptz, received_at timestamptz, marks text[]
-- index: fixes_pk
select fixed_at, longitude, latitude, accuracy_metres, speed_metres_per_second, sent_at, received_at, marks
from wangge.fixes
where ($1::text[] is null or town_id = any ($1))
  and ($2::text[] is null or exists (
    select
    from wangge.assignments
    join wangge.grids on grids.town_id = assignments.town_id and grids.grid_code = assignments.grid_code
    where assignments.town_id = $3 and assignments.worker_id = $4 and grids.village_code = any ($2)))
  and town_id = $3
  and worker_id = $4
  and fixed_at >= $5
  and fixed_at < $6
order by fixed_at

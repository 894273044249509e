-- What a device reported in an interval, and what else came in of the workers who carried it then, in time order.
-- $1 text[] towns of the viewer · $2 text[] villages of the viewer · $3 text town · $4 text device
-- $5 timestamptz from · $6 timestamptz to, exclusive
-- row: worker_id text, is_own boolean, fixed_at timestamptz, longitude double precision, latitude double precision
-- index: device_bindings_pk, fixes_pk
select f.worker_id, f.device_id is not distinct from $4 as is_own, f.fixed_at, f.longitude, f.latitude
from wangge.fixes f
where ($1::text[] is null or f.town_id = any ($1))
  and ($2::text[] is null or exists (
    select
    from wangge.assignments a
    join wangge.grids g on g.town_id = a.town_id and g.grid_code = a.grid_code
    where a.town_id = $3 and a.worker_id = f.worker_id and g.village_code = any ($2)))
  and f.town_id = $3
  and f.worker_id in (
    select b.worker_id
    from wangge.device_bindings b
    where b.town_id = $3 and b.device_id = $4 and b.valid_from < $6 and (b.valid_to is null or $5 < b.valid_to))
  and f.fixed_at >= $5
  and f.fixed_at < $6
order by f.fixed_at, f.worker_id

-- Blocks of some days of the workers who carried a device then.
-- $1 text[] towns of the viewer · $2 text[] villages of the viewer · $3 text town · $4 text device
-- $5 timestamptz from · $6 timestamptz to, exclusive
-- row: worker_id text, packed bytea
-- index: device_bindings_pk, fix_blocks_pk
select f.worker_id, f.packed
from wangge.fix_blocks f
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
  and f.day >= ($5 at time zone 'Asia/Shanghai')::date
  and f.day <= ($6 at time zone 'Asia/Shanghai')::date
order by f.day, f.worker_id

-- One worker's blocks of some days, in their order.
-- $1 text[] towns of the viewer · $2 text[] villages of the viewer · $3 text town · $4 text worker
-- $5 date first day · $6 date last day, inclusive
-- row: packed bytea
-- index: fix_blocks_pk
select packed
from wangge.fix_blocks
where ($1::text[] is null or town_id = any ($1))
  and ($2::text[] is null or exists (
    select
    from wangge.assignments
    join wangge.grids on grids.town_id = assignments.town_id and grids.grid_code = assignments.grid_code
    where assignments.town_id = $3 and assignments.worker_id = $4 and grids.village_code = any ($2)))
  and town_id = $3
  and worker_id = $4
  and day >= $5
  and day <= $6
order by day

-- The whole results of one worker's day, one a grid.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 text worker; $6 date the day
-- row: town_id, worker_id, grid_code, result jsonb
-- index: patrol_days_pk
select p.town_id, p.worker_id, p.grid_code, p.result
from wangge.patrol_days p
where ($1::text[] is null or p.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.grids g where g.town_id = p.town_id and g.grid_code = p.grid_code and g.village_code = any ($2)))
  and p.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.grids g where g.town_id = p.town_id and g.grid_code = p.grid_code and g.village_code = $4))
  and p.worker_id = $5 and p.day = $6::date
order by p.town_id, p.grid_code

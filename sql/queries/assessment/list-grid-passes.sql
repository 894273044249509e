-- Hexagons of each full-time worker's grids, and those visited by the worker within a period.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 date from, $6 date to (half-open); $7 text worker, null = all
-- row: town_id, worker_id, visited, in_grid; of grids that the worker entered in the period
-- index: patrol_days_day
with days as materialized (
  select p.town_id, p.worker_id, p.grid_code, p.day, p.hexagons_in_grid, p.result
  from wangge.patrol_days p
  where p.town_id = any ($3) and p.day >= $5::date and p.day < $6::date
    and ($1::text[] is null or p.town_id = any ($1))
    and ($2::text[] is null or exists (
      select from wangge.grids g where g.town_id = p.town_id and g.grid_code = p.grid_code and g.village_code = any ($2)))
    and ($4::text is null or exists (
      select from wangge.grids g where g.town_id = p.town_id and g.grid_code = p.grid_code and g.village_code = $4))
    and ($7::text is null or p.worker_id = $7)
),
visited as (
  select town_id, worker_id, grid_code, count(distinct hexagon)::int as visited
  from days
  cross join jsonb_array_elements_text(result->'hexagons'->'visited') as hexagon
  group by town_id, worker_id, grid_code
),
-- The boundary may have changed within the period: the last day's count.
size as (
  select distinct on (town_id, worker_id, grid_code) town_id, worker_id, grid_code, hexagons_in_grid
  from days
  order by town_id, worker_id, grid_code, day desc
)
select s.town_id, s.worker_id, sum(least(coalesce(v.visited, 0), s.hexagons_in_grid))::int as visited, sum(s.hexagons_in_grid)::int as in_grid
from size s
left join visited v on v.town_id = s.town_id and v.worker_id = s.worker_id and v.grid_code = s.grid_code
group by s.town_id, s.worker_id
order by s.town_id, s.worker_id

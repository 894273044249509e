-- When workers were in the grids they answered for, day by day.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 date from, $6 date to (half-open)
-- row: town_id, grid_code, presence jsonb [{from, to}] epoch milliseconds
-- index: patrol_days_day
select p.town_id, p.grid_code, p.result->'presence' as presence
from wangge.patrol_days p
where ($1::text[] is null or p.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.grids g where g.town_id = p.town_id and g.grid_code = p.grid_code and g.village_code = any ($2)))
  and p.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.grids g where g.town_id = p.town_id and g.grid_code = p.grid_code and g.village_code = $4))
  and p.day >= $5::date and p.day < $6::date and jsonb_typeof(p.result->'presence') = 'array'

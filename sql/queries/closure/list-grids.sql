-- The grids of an area in force at a moment and what each belongs to.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz the moment
-- row: town_id, grid_code, name or null, kind, village_code or null, parent_code or null
-- index: grids_pk by town
select town_id, grid_code, name, kind, village_code, parent_code
from wangge.grids
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
  and town_id = any ($3) and ($4::text is null or village_code = $4)
  and valid_from <= $5 and (valid_to is null or $5 < valid_to)
order by town_id, grid_code

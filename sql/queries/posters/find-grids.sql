-- The grids of a code in force at a moment: one of each town that uses it.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text the code; $4 timestamptz the moment; $5 text an area above the grid, null = any
-- row: town_id, area_code: the village the grid belongs to, or its town
-- index: grids_pk by town
select g.town_id, coalesce(g.village_code, g.town_id) as area_code
from wangge.grids g
where ($1::text[] is null or g.town_id = any ($1)) and ($2::text[] is null or g.village_code = any ($2))
  and g.grid_code = $3 and g.valid_from <= $4 and (g.valid_to is null or $4 < g.valid_to)
  and ($5::text is null or exists (
    select from wangge.areas a where a.area_code = coalesce(g.village_code, g.town_id) and a.lineage @> array[$5]))
order by g.town_id

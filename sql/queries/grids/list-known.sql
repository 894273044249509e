-- The grids of an area in force at one moment as they were known at another.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 timestamptz moment in force; $6 timestamptz moment of the knowledge
-- row: town_id, grid_code, name, kind, village_code, parent_code, valid_from, valid_to, recorded_from (-infinity: since ever),
--      recorded_to (null: known so now), became (null: known so now), boundary GeoJSON text
-- index: grids_pk by town, grids_history_pk by town
with known as materialized (
  select town_id, grid_code, name, kind, village_code, parent_code, valid_from, valid_to, recorded_from,
    null::timestamptz as recorded_to, null::text as became, boundary
  from wangge.grids
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
    and town_id = any ($3) and ($4::text is null or village_code = $4)
    and recorded_from <= $6
  union all
  select town_id, grid_code, name, kind, village_code, parent_code, valid_from, valid_to, recorded_from, recorded_to, became, boundary
  from wangge.grids_history
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
    and town_id = any ($3) and ($4::text is null or village_code = $4)
    and recorded_from <= $6 and $6 < recorded_to
)
select town_id, grid_code, name, kind, village_code, parent_code, valid_from, valid_to, recorded_from, recorded_to, became,
  st_asgeojson(boundary, 15) as boundary
from known
where valid_from <= $5 and (valid_to is null or $5 < valid_to)
order by town_id, grid_code

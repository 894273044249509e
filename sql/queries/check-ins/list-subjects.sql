-- What codes are printed for: places, buildings with households in them, or must-visit households, of an area.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 date the day; $6 text kind; $7 text grid, null = all
-- row: town_id, subject_id, name or null (of a place or building; a household is named by its id alone), grid_code
-- index: grids_pk by town; households_position, places_position, buildings_boundary from the grids' side
with g as materialized (
  select town_id, grid_code, boundary
  from wangge.grids
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
    and town_id = any ($3) and ($4::text is null or village_code = $4) and kind <> 'microgrid' and ($7::text is null or grid_code = $7)
    and valid_from < ($5::date + 1)::timestamp at time zone 'Asia/Shanghai'
    and (valid_to is null or ($5::date + 1)::timestamp at time zone 'Asia/Shanghai' <= valid_to)
),
every as (
  select p.town_id, p.place_id as subject_id, p.name, g.grid_code
  from g join wangge.places p on $6 = 'place' and p.town_id = g.town_id and p.position && g.boundary and st_covers(g.boundary, p.position)
  union all
  select h.town_id, h.household_id, null, g.grid_code
  from g
  join wangge.households h on $6 = 'household' and h.must_visit and h.town_id = g.town_id and h.position && g.boundary
    and st_covers(g.boundary, h.position)
  union all
  select b.town_id, b.building_id, b.name, g.grid_code
  from g
  join wangge.buildings b on $6 = 'building' and b.town_id = g.town_id and b.boundary && g.boundary
    and st_covers(g.boundary, st_pointonsurface(b.boundary))
  where exists (
    select from wangge.households h
    where h.town_id = b.town_id and h.position && b.boundary and st_covers(b.boundary, h.position))
)
select distinct on (town_id, subject_id) town_id, subject_id, name, grid_code
from every
order by town_id, subject_id, grid_code

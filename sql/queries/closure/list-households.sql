-- The households of an area with the grids in force at a moment that cover them: those registered in it, and those that live in
-- one of its grids. A household on the line between two grids is covered by both.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz the moment
-- row: town_id, household_id, village_code or null: where it is registered, longitude, latitude (degrees),
--      inside text[]: grids it lies within, edge text[]: grids on whose line it lies; both by code
-- index: households_position from the grids' side, households_pk by town
with g as materialized (
  select town_id, grid_code, boundary
  from wangge.grids
  where town_id = any ($3) and ($4::text is null or village_code = $4)
    and valid_from <= $5 and (valid_to is null or $5 < valid_to)
),
covered as materialized (
  select h.town_id, h.household_id, g.grid_code, st_contains(g.boundary, h.position) as is_inside
  from g
  join wangge.households h on h.town_id = g.town_id and h.position && g.boundary and st_covers(g.boundary, h.position)
),
placed as materialized (
  select town_id, household_id,
    array_agg(grid_code order by grid_code) filter (where is_inside) as inside,
    array_agg(grid_code order by grid_code) filter (where not is_inside) as edge
  from covered
  group by town_id, household_id
)
select h.town_id, h.household_id, h.village_code, st_x(h.position) as longitude, st_y(h.position) as latitude,
  coalesce(p.inside, '{}') as inside, coalesce(p.edge, '{}') as edge
from wangge.households h
left join placed p on p.town_id = h.town_id and p.household_id = h.household_id
where ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
  and h.town_id = any ($3) and ($4::text is null or h.village_code = $4 or p.household_id is not null)
order by h.town_id, h.household_id

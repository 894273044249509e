-- Households of an area that no ordinary or dedicated grid in force at a moment covers.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz the moment
-- row: households
-- index: households_position from the grids' side, households_pk by town
with g as materialized (
  select town_id, boundary
  from wangge.grids
  where town_id = any ($3) and kind <> 'microgrid' and valid_from <= $5 and (valid_to is null or $5 < valid_to)
),
covered as materialized (
  select distinct h.town_id, h.household_id
  from g
  join wangge.households h on h.town_id = g.town_id and h.position && g.boundary and st_covers(g.boundary, h.position)
)
select count(*)::int as households
from wangge.households h
left join covered c on c.town_id = h.town_id and c.household_id = h.household_id
where c.household_id is null
  and ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
  and h.town_id = any ($3) and ($4::text is null or h.village_code = $4)

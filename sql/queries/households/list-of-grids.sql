-- Households of one town that lie in the grids given, and those named.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text town; $4 text[] grids; $5 timestamptz the moment whose versions count; $6 text[] households
-- row: household_id, longitude, latitude, must_visit
-- index: grids_pk, households_position, households_pk
with g as materialized (
  select boundary
  from wangge.grids
  where town_id = $3 and grid_code = any ($4) and valid_from <= $5 and (valid_to is null or $5 < valid_to)
)
select h.household_id, st_x(h.position) as longitude, st_y(h.position) as latitude, h.must_visit
from g
join wangge.households h on h.town_id = $3 and h.position && g.boundary and st_covers(g.boundary, h.position)
where ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
union
select h.household_id, st_x(h.position), st_y(h.position), h.must_visit
from wangge.households h
where ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
  and h.town_id = $3 and h.household_id = any ($6)
order by household_id

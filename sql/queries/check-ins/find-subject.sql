-- A household, place or building that somebody may check in at, and whether the worker answered for its ground at a moment.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text town; $4 text kind: household, place or building; $5 text its id; $6 text worker; $7 timestamptz the moment
-- row: longitude, latitude, is_worker (there is such a worker), is_assigned (to a grid around it, or contact of the household, then)
-- index: households_pk, places_pk, buildings_pk, grids_boundary, assignments_pk, roster_pk
with subject as materialized (
  select position as point from wangge.households
  where $4 = 'household' and town_id = $3 and household_id = $5
  union all
  select position from wangge.places
  where $4 = 'place' and town_id = $3 and place_id = $5
  union all
  select st_pointonsurface(boundary) from wangge.buildings
  where $4 = 'building' and town_id = $3 and building_id = $5
)
select st_x(s.point) as longitude, st_y(s.point) as latitude,
  exists (select from wangge.workers w where w.town_id = $3 and w.worker_id = $6) as is_worker,
  exists (
    select from wangge.grids g
    join wangge.assignments a on a.town_id = g.town_id and a.grid_code = g.grid_code and a.worker_id = $6
      and a.valid_from <= $7 and (a.valid_to is null or $7 < a.valid_to)
    where g.town_id = $3 and g.boundary && s.point and st_covers(g.boundary, s.point)
      and g.valid_from <= $7 and (g.valid_to is null or $7 < g.valid_to)
  ) or ($4 = 'household' and exists (
    select from wangge.roster r
    where r.town_id = $3 and r.household_id = $5 and r.worker_id = $6
      and r.valid_from <= $7 and (r.valid_to is null or $7 < r.valid_to))) as is_assigned
from subject s
where ($1::text[] is null or $3 = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.grids g
    where g.town_id = $3 and g.village_code = any ($2) and g.boundary && s.point and st_covers(g.boundary, s.point)))

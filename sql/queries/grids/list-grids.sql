-- Grids of an area in force at a moment, with what lives in each.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz the moment
-- $6 text one grid's code, null = all
-- row: town_id, grid_code, name, kind, village_code, village_name, parent_code, valid_from, valid_to, area_m2 (geodesic),
--      west, south, east, north, label_longitude, label_latitude (degrees), households, persons, must_visit, places
-- A household on the edge of several grids belongs to the smallest code. A microgrid counts beside its parent.
-- index: grids_pk by town, households_position, places_position
with g as materialized (
  select town_id, grid_code, name, kind, village_code, parent_code, valid_from, valid_to, boundary
  from wangge.grids
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
    and town_id = any ($3) and ($4::text is null or village_code = $4)
    and valid_from <= $5 and (valid_to is null or $5 < valid_to)
),
housed as materialized (
  select distinct on (h.town_id, h.household_id, g.kind = 'microgrid')
    g.town_id, g.grid_code, h.members, h.must_visit
  from g
  join wangge.households h on h.town_id = g.town_id and h.position && g.boundary and st_covers(g.boundary, h.position)
  where $6::text is null or g.boundary && (select boundary from g one where one.grid_code = $6 limit 1)
  order by h.town_id, h.household_id, g.kind = 'microgrid', g.grid_code
),
household_counts as materialized (
  select town_id, grid_code, count(*)::int as households, coalesce(sum(members), 0)::int as persons,
    count(*) filter (where must_visit)::int as must_visit
  from housed
  group by town_id, grid_code
),
place_counts as materialized (
  select town_id, grid_code, count(*)::int as places
  from (
    select distinct on (p.town_id, p.place_id, g.kind = 'microgrid') g.town_id, g.grid_code
    from g
    join wangge.places p on p.town_id = g.town_id and p.position && g.boundary and st_covers(g.boundary, p.position)
    order by p.town_id, p.place_id, g.kind = 'microgrid', g.grid_code
  ) one
  group by town_id, grid_code
)
select g.town_id, g.grid_code, g.name, g.kind, g.village_code, v.name as village_name, g.parent_code, g.valid_from, g.valid_to,
  st_area(g.boundary::geography) as area_m2,
  st_xmin(g.boundary) as west, st_ymin(g.boundary) as south, st_xmax(g.boundary) as east, st_ymax(g.boundary) as north,
  st_x(st_pointonsurface(g.boundary)) as label_longitude, st_y(st_pointonsurface(g.boundary)) as label_latitude,
  coalesce(h.households, 0) as households, coalesce(h.persons, 0) as persons, coalesce(h.must_visit, 0) as must_visit,
  coalesce(p.places, 0) as places
from g
left join wangge.areas v on v.area_code = g.village_code
left join household_counts h on h.town_id = g.town_id and h.grid_code = g.grid_code
left join place_counts p on p.town_id = g.town_id and p.grid_code = g.grid_code
where $6::text is null or g.grid_code = $6
order by g.town_id, g.grid_code

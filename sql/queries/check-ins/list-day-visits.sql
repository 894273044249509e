-- What a worker visited on a local day, as it was entered or brought in a file; what the trace passed stands elsewhere.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 text worker; $6 date the day
-- row: town_id, visit_id, kind (household, place or building), subject_id, name or null (of a place or building), must_visit (a household that
--      has to be visited, or a key place), longitude, latitude, visited_from, visited_to or null, evidence, note or null (personal),
--      marks text[] or null, distance_metres or null, entered_by or null (a file)
-- index: visits_worker; households_pk, places_pk, buildings_pk; grids_boundary where villages are asked for
with day as materialized (
  select v.town_id, v.visit_id, v.household_id, v.place_id, v.building_id, v.visited_from, v.visited_to, v.evidence, v.note, v.marks,
    v.distance_metres, v.entered_by, pl.name as place_name, b.name as building_name, coalesce(h.must_visit, pl.is_key, false) as must_visit,
    coalesce(h.position, pl.position, st_pointonsurface(b.boundary)) as point
  from wangge.visits v
  left join wangge.households h on h.town_id = v.town_id and h.household_id = v.household_id
  left join wangge.places pl on pl.town_id = v.town_id and pl.place_id = v.place_id
  left join wangge.buildings b on b.town_id = v.town_id and b.building_id = v.building_id
  where ($1::text[] is null or v.town_id = any ($1)) and v.town_id = any ($3)
    and v.worker_id = $5 and v.evidence <> 'passed'
    and v.visited_from >= $6::date::timestamp at time zone 'Asia/Shanghai'
    and v.visited_from < ($6::date + 1)::timestamp at time zone 'Asia/Shanghai'
)
select d.town_id, d.visit_id,
  case when d.household_id is not null then 'household' when d.place_id is not null then 'place' else 'building' end as kind,
  coalesce(d.household_id, d.place_id, d.building_id) as subject_id, coalesce(d.place_name, d.building_name) as name, d.must_visit,
  st_x(d.point) as longitude, st_y(d.point) as latitude, d.visited_from, d.visited_to, d.evidence, d.note, d.marks, d.distance_metres,
  d.entered_by
from day d
where ($2::text[] is null or exists (
    select from wangge.grids g
    where g.town_id = d.town_id and g.village_code = any ($2) and g.boundary && d.point and st_covers(g.boundary, d.point)
      and g.valid_from <= d.visited_from and (g.valid_to is null or d.visited_from < g.valid_to)))
  and ($4::text is null or exists (
    select from wangge.grids g
    where g.town_id = d.town_id and g.village_code = $4 and g.boundary && d.point and st_covers(g.boundary, d.point)
      and g.valid_from <= d.visited_from and (g.valid_to is null or d.visited_from < g.valid_to)))
order by d.visited_from, d.town_id, d.visit_id

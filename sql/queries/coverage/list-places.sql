-- Registered places in the grids of an area, and when somebody was there last, up to the end of a day.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 date the day
-- row: town_id, subject_id, name, grid_code, longitude, latitude, is_key, categories text[] (its kind), last_passed date or null (by the trace),
--      last_visited timestamptz or null (stay, check-in, form)
-- index: places_position from the grids' side, ground_passes_subject, visits_place
with ended as materialized (
  select ($5::date + 1)::timestamp at time zone 'Asia/Shanghai' as at
),
g as materialized (
  select town_id, grid_code, boundary
  from wangge.grids, ended
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
    and town_id = any ($3) and ($4::text is null or village_code = $4) and kind <> 'microgrid'
    and valid_from < at and (valid_to is null or at <= valid_to)
),
placed as materialized (
  select distinct on (p.town_id, p.place_id) p.town_id, p.place_id, p.name, p.kind, p.is_key, p.position, g.grid_code
  from g
  join wangge.places p on p.town_id = g.town_id and p.position && g.boundary and st_covers(g.boundary, p.position)
  order by p.town_id, p.place_id, g.grid_code
),
passed as materialized (
  select town_id, subject_id, max(day) as day
  from wangge.ground_passes
  where town_id = any ($3) and kind = 'place' and day <= $5::date
  group by town_id, subject_id
)
select p.town_id, p.place_id as subject_id, p.name, p.grid_code, st_x(p.position) as longitude, st_y(p.position) as latitude, p.is_key, array[p.kind] as categories,
  passed.day as last_passed,
  (select max(v.visited_from) from wangge.visits v
    where v.town_id = p.town_id and v.place_id = p.place_id and v.visited_from < at and v.evidence <> 'passed') as last_visited
from placed p
cross join ended
left join passed on passed.town_id = p.town_id and passed.subject_id = p.place_id
order by p.town_id, p.place_id

-- Households of an area with their grid and when somebody was there last, up to the end of a day.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 date the day
-- row: town_id, subject_id, grid_code or null, longitude, latitude, is_key, categories text[], last_passed date or null (by the trace, or a check-in at the
--      building), last_visited timestamptz or null (stay, check-in, form)
-- index: households_pk, households_position from the grids' side, passes_household, visits_household, visits_building
with ended as materialized (
  select ($5::date + 1)::timestamp at time zone 'Asia/Shanghai' as at
),
g as materialized (
  select town_id, grid_code, boundary
  from wangge.grids, ended
  where town_id = any ($3) and kind <> 'microgrid' and valid_from < at and (valid_to is null or at <= valid_to)
),
housed as materialized (
  select distinct on (h.town_id, h.household_id) h.town_id, h.household_id, g.grid_code
  from g
  join wangge.households h on h.town_id = g.town_id and h.position && g.boundary and st_covers(g.boundary, h.position)
  order by h.town_id, h.household_id, g.grid_code
),
stairwells as materialized (
  select h.town_id, h.household_id, max((v.visited_from at time zone 'Asia/Shanghai')::date) as day
  from wangge.visits v
  cross join ended
  join wangge.buildings b on b.town_id = v.town_id and b.building_id = v.building_id
  join wangge.households h on h.town_id = b.town_id and h.position && b.boundary and st_covers(b.boundary, h.position)
  where v.town_id = any ($3) and v.building_id is not null and v.visited_from < at
  group by h.town_id, h.household_id
),
visited as materialized (
  select town_id, household_id, max(visited_from) as last_visited
  from wangge.visits, ended
  where town_id = any ($3) and household_id is not null and visited_from < at and evidence <> 'passed'
  group by town_id, household_id
)
-- Passes are many, and probed by index: what is scanned does not grow with the years that were recorded.
select h.town_id, h.household_id as subject_id, c.grid_code, st_x(h.position) as longitude, st_y(h.position) as latitude,
  h.must_visit as is_key, h.categories,
  greatest(s.day, (
    select max(p.day) from wangge.passes p
    where p.town_id = h.town_id and p.household_id = h.household_id and p.day <= $5::date)) as last_passed,
  v.last_visited
from wangge.households h
left join visited v on v.town_id = h.town_id and v.household_id = h.household_id
left join housed c on c.town_id = h.town_id and c.household_id = h.household_id
left join stairwells s on s.town_id = h.town_id and s.household_id = h.household_id
where ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
  and h.town_id = any ($3) and ($4::text is null or h.village_code = $4)
order by h.town_id, h.household_id

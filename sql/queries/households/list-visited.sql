-- Households of an area with their grid and the last visit up to a moment, in pages ordered by (town_id, household_id).
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz end of the day
-- $6 text, $7 text town and household after which the page starts, null = the first; $8 int rows
-- row: town_id, household_id, longitude, latitude, must_visit, grid_code or null, last_visit_at or null (evidence of any kind)
-- index: households_pk, grids_boundary, visits_household, visits_building, passes_household
select h.town_id, h.household_id, st_x(h.position) as longitude, st_y(h.position) as latitude, h.must_visit,
  c.grid_code, v.last_visit_at
from (
  select town_id, household_id, position, must_visit
  from wangge.households
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
    and town_id = any ($3) and ($4::text is null or village_code = $4)
    and ($6::text is null or (town_id, household_id) > ($6, $7))
  order by town_id, household_id
  limit $8
) h
left join lateral (
  select g.grid_code
  from wangge.grids g
  where g.town_id = h.town_id and g.kind <> 'microgrid'
    and g.valid_from < $5 and (g.valid_to is null or $5 <= g.valid_to)
    and g.boundary && h.position and st_covers(g.boundary, h.position)
  order by g.grid_code limit 1
) c on true
left join (
  select town_id, household_id, max(visited_at) as last_visit_at
  from (
    select town_id, household_id, visited_from as visited_at
    from wangge.visits
    where town_id = any ($3) and household_id is not null and visited_from < $5
    union all
    select h.town_id, h.household_id, max(v.visited_from) as visited_at
    from wangge.visits v
    join wangge.buildings b on b.town_id = v.town_id and b.building_id = v.building_id
    join wangge.households h on h.town_id = b.town_id and h.position && b.boundary and st_covers(b.boundary, h.position)
    where v.town_id = any ($3) and v.building_id is not null and v.visited_from < $5
    group by h.town_id, h.household_id
    union all
    select town_id, household_id, max(day)::timestamp at time zone 'Asia/Shanghai' as visited_at
    from wangge.passes
    where town_id = any ($3) and day < ($5 at time zone 'Asia/Shanghai')::date
    group by town_id, household_id
  ) every
  group by town_id, household_id
) v on v.town_id = h.town_id and v.household_id = h.household_id
order by h.town_id, h.household_id

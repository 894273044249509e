-- By grid: households, and those reached by anybody within an interval.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 timestamptz from, $6 timestamptz to (half-open); grids are those in force at the end
-- row: grid_code, name (both null: households in no grid), households, reached, must_visit, must_visit_reached
-- index: households_position from the grids' side and from the buildings', visits_household, visits_building, passes_household
with g as materialized (
  select town_id, grid_code, name, boundary
  from wangge.grids
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
    and town_id = any ($3) and ($4::text is null or village_code = $4) and kind <> 'microgrid'
    and valid_from < $6 and (valid_to is null or $6 <= valid_to)
),
housed as materialized (
  select distinct on (h.town_id, h.household_id) g.town_id, g.grid_code, h.household_id, h.must_visit
  from g
  join wangge.households h on h.town_id = g.town_id and h.position && g.boundary and st_covers(g.boundary, h.position)
  order by h.town_id, h.household_id, g.grid_code
),
reached as materialized (
  select town_id, household_id
  from wangge.visits
  where town_id = any ($3) and household_id is not null and visited_from >= $5 and visited_from < $6
  union
  select h.town_id, h.household_id
  from wangge.visits v
  join wangge.buildings b on b.town_id = v.town_id and b.building_id = v.building_id
  join wangge.households h on h.town_id = b.town_id and h.position && b.boundary and st_covers(b.boundary, h.position)
  where v.town_id = any ($3) and v.building_id is not null and v.visited_from >= $5 and v.visited_from < $6
  union
  select town_id, household_id
  from wangge.passes
  where town_id = any ($3)
    and day >= ($5 at time zone 'Asia/Shanghai')::date and day < ($6 at time zone 'Asia/Shanghai')::date
),
counted as materialized (
  select h.town_id, h.grid_code, count(*)::int as households, count(r.household_id)::int as reached,
    count(*) filter (where h.must_visit)::int as must_visit,
    count(r.household_id) filter (where h.must_visit)::int as must_visit_reached
  from housed h
  left join reached r on r.town_id = h.town_id and r.household_id = h.household_id
  group by h.town_id, h.grid_code
)
select g.grid_code, g.name, coalesce(c.households, 0) as households, coalesce(c.reached, 0) as reached,
  coalesce(c.must_visit, 0) as must_visit, coalesce(c.must_visit_reached, 0) as must_visit_reached
from g
left join counted c on c.town_id = g.town_id and c.grid_code = g.grid_code
order by g.town_id, g.grid_code

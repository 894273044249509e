-- What each full-time worker reached of the grids held at the end of a period: households, key persons, key places.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 date from, $6 date to (half-open); $7 text worker, null = all
-- row: town_id, worker_id, households, households_reached (visited, passed by the trace, or checked in at their building), key_persons, key_persons_visited, places,
--      places_visited (by stay, check-in or form)
-- index: assignments_pk by town, grids_pk, households_position, places_position, visits_household, visits_worker, visits_building, passes_household
with duty as materialized (
  select distinct a.town_id, a.worker_id, a.grid_code
  from wangge.assignments a
  where a.role = 'full_time' and a.town_id = any ($3)
    and a.valid_from < $6::date::timestamp at time zone 'Asia/Shanghai'
    and (a.valid_to is null or ($6::date - 1)::timestamp at time zone 'Asia/Shanghai' < a.valid_to)
    and ($1::text[] is null or a.town_id = any ($1))
    and ($7::text is null or a.worker_id = $7)
),
g as materialized (
  select town_id, grid_code, boundary
  from wangge.grids
  where town_id = any ($3) and ($2::text[] is null or village_code = any ($2)) and ($4::text is null or village_code = $4)
    and valid_from < $6::date::timestamp at time zone 'Asia/Shanghai'
    and (valid_to is null or $6::date::timestamp at time zone 'Asia/Shanghai' <= valid_to)
),
housed as materialized (
  select g.town_id, g.grid_code, h.household_id, h.must_visit
  from g
  join wangge.households h on h.town_id = g.town_id and h.position && g.boundary and st_covers(g.boundary, h.position)
),
placed as materialized (
  select g.town_id, g.grid_code, p.place_id
  from g
  join wangge.places p on p.town_id = g.town_id and p.is_key and p.position && g.boundary and st_covers(g.boundary, p.position)
),
-- A stairwell is no visit to any one household, but they were reached.
stairwells as materialized (
  select distinct v.town_id, v.worker_id, h.household_id
  from wangge.visits v
  join wangge.buildings b on b.town_id = v.town_id and b.building_id = v.building_id
  join wangge.households h on h.town_id = b.town_id and h.position && b.boundary and st_covers(b.boundary, h.position)
  where v.town_id = any ($3) and v.building_id is not null
    and v.visited_from >= $5::date::timestamp at time zone 'Asia/Shanghai'
    and v.visited_from < $6::date::timestamp at time zone 'Asia/Shanghai'
),
-- Probes by index: joined as sets, whose size the planner cannot know, they cost a minute.
homes as materialized (
  select duty.town_id, duty.worker_id, count(distinct h.household_id)::int as households,
    count(distinct h.household_id) filter (where r.visited or r.passed or w.household_id is not null)::int as reached,
    count(distinct h.household_id) filter (where h.must_visit)::int as key_persons,
    count(distinct h.household_id) filter (where h.must_visit and r.visited)::int as key_visited
  from duty
  join housed h on h.town_id = duty.town_id and h.grid_code = duty.grid_code
  left join stairwells w on w.town_id = h.town_id and w.household_id = h.household_id and w.worker_id = duty.worker_id
  cross join lateral (
    select
      exists (
        select from wangge.visits v
        where v.town_id = h.town_id and v.household_id = h.household_id and v.worker_id = duty.worker_id and v.evidence <> 'passed'
          and v.visited_from >= $5::date::timestamp at time zone 'Asia/Shanghai'
          and v.visited_from < $6::date::timestamp at time zone 'Asia/Shanghai') as visited,
      exists (
        select from wangge.passes p
        where p.town_id = h.town_id and p.household_id = h.household_id and p.worker_id = duty.worker_id
          and p.day >= $5::date and p.day < $6::date) as passed
  ) r
  group by duty.town_id, duty.worker_id
),
spots as materialized (
  select duty.town_id, duty.worker_id, count(distinct s.place_id)::int as places,
    count(distinct s.place_id) filter (where r.visited)::int as visited
  from duty
  join placed s on s.town_id = duty.town_id and s.grid_code = duty.grid_code
  cross join lateral (
    select exists (
      select from wangge.visits v
      where v.town_id = s.town_id and v.worker_id = duty.worker_id and v.place_id = s.place_id and v.evidence <> 'passed'
        and v.visited_from >= $5::date::timestamp at time zone 'Asia/Shanghai'
        and v.visited_from < $6::date::timestamp at time zone 'Asia/Shanghai') as visited
  ) r
  group by duty.town_id, duty.worker_id
)
select o.town_id, o.worker_id, coalesce(homes.households, 0) as households, coalesce(homes.reached, 0) as households_reached,
  coalesce(homes.key_persons, 0) as key_persons, coalesce(homes.key_visited, 0) as key_persons_visited,
  coalesce(spots.places, 0) as places, coalesce(spots.visited, 0) as places_visited
from (select distinct d.town_id, d.worker_id from duty d join g on g.town_id = d.town_id and g.grid_code = d.grid_code) o
left join homes on homes.town_id = o.town_id and homes.worker_id = o.worker_id
left join spots on spots.town_id = o.town_id and spots.worker_id = o.worker_id
order by o.town_id, o.worker_id

-- Every visit to households or places in an interval: where more than one is asked for in a period, the last does not tell.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: households and places are found in scope before)
-- $3 text[] towns of the area; $4 text kind: household or place; $5 date from, $6 date to (half-open)
-- row: town_id, subject_id, visited_from, visited_to or null, is_pass (the trace came near, or somebody checked in at the building: of
--      these the day's first instant)
-- index: visits_household, visits_place, visits_building, passes_household, ground_passes_subject
with days as materialized (
  select $5::date::timestamp at time zone 'Asia/Shanghai' as from_at, $6::date::timestamp at time zone 'Asia/Shanghai' as to_at
),
entered as materialized (
  select v.town_id, v.household_id, v.place_id, v.building_id, v.visited_from, v.visited_to
  from wangge.visits v, days
  where ($1::text[] is null or v.town_id = any ($1)) and ($2::text[] is null or true) and v.town_id = any ($3)
    and v.evidence <> 'passed' and v.visited_from >= from_at and v.visited_from < to_at
)
select town_id, case when $4 = 'place' then place_id else household_id end as subject_id, visited_from, visited_to, false as is_pass
from entered
where case when $4 = 'place' then place_id else household_id end is not null
union all
select p.town_id, p.household_id, p.day::timestamp at time zone 'Asia/Shanghai', null, true
from wangge.passes p
where $4 = 'household' and ($1::text[] is null or p.town_id = any ($1)) and p.town_id = any ($3) and p.day >= $5::date and p.day < $6::date
union all
select h.town_id, h.household_id, date_trunc('day', e.visited_from at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai', null, true
from entered e
join wangge.buildings b on $4 = 'household' and b.town_id = e.town_id and b.building_id = e.building_id
join wangge.households h on h.town_id = b.town_id and h.position && b.boundary and st_covers(b.boundary, h.position)
union all
select p.town_id, p.subject_id, p.day::timestamp at time zone 'Asia/Shanghai', null, true
from wangge.ground_passes p
where $4 = 'place' and p.kind = 'place' and ($1::text[] is null or p.town_id = any ($1)) and p.town_id = any ($3)
  and p.day >= $5::date and p.day < $6::date

-- What full-time workers did on each day on which they had a grid: the facts a month is judged on.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 date from, $6 date to (half-open); $7 text worker, null = all
-- row: town_id, worker_id, day, grids text[], fixes, seconds_inside, metres_inside, seconds_boundary, metres_inside_error (how wrong the two
--      may be; null where it is not known of one of the grids), rounds, credited_seconds, credited_metres,
--      key_persons, key_places: distinct ones visited on the day, by stay, check-in or form, not by passing
-- index: assignments_pk by town, patrol_days_day, objections_worker, visits_worker
with duty as materialized (
  select a.town_id, a.worker_id, d.day::date as day, array_agg(distinct a.grid_code order by a.grid_code) as grids
  from wangge.assignments a
  join generate_series($5::date, $6::date - 1, interval '1 day') as d(day)
    on a.valid_from < (d.day::date + 1)::timestamp at time zone 'Asia/Shanghai'
    and (a.valid_to is null or d.day::date::timestamp at time zone 'Asia/Shanghai' < a.valid_to)
  where a.role = 'full_time' and a.town_id = any ($3)
    and ($1::text[] is null or a.town_id = any ($1))
    and ($2::text[] is null or exists (
      select from wangge.grids g where g.town_id = a.town_id and g.grid_code = a.grid_code and g.village_code = any ($2)))
    and ($4::text is null or exists (
      select from wangge.grids g where g.town_id = a.town_id and g.grid_code = a.grid_code and g.village_code = $4))
    and ($7::text is null or a.worker_id = $7)
  group by a.town_id, a.worker_id, d.day
),
patrolled as materialized (
  select p.town_id, p.worker_id, p.day, max(p.fixes)::int as fixes, sum(p.seconds_inside)::int as seconds_inside,
    sum(p.metres_inside) as metres_inside,
    case when count(*) = count(p.seconds_boundary) then sum(p.seconds_boundary) end as seconds_boundary,
    -- Errors of several grids at their worst: all the same way.
    case when count(*) = count(p.metres_inside_error) then sum(p.metres_inside_error) end as metres_inside_error,
    -- In every grid: with one that was not entered there is no round.
    case when count(*) = max(cardinality(duty.grids)) then min(p.rounds) else 0 end::int as rounds
  from wangge.patrol_days p
  join duty on duty.town_id = p.town_id and duty.worker_id = p.worker_id and duty.day = p.day and p.grid_code = any (duty.grids)
  where p.town_id = any ($3) and p.day >= $5::date and p.day < $6::date
  group by p.town_id, p.worker_id, p.day
),
visited as materialized (
  select v.town_id, v.worker_id, (v.visited_from at time zone 'Asia/Shanghai')::date as day,
    count(distinct v.household_id) filter (where h.must_visit)::int as key_persons,
    count(distinct v.place_id) filter (where pl.is_key)::int as key_places
  from wangge.visits v
  left join wangge.households h on h.town_id = v.town_id and h.household_id = v.household_id
  left join wangge.places pl on pl.town_id = v.town_id and pl.place_id = v.place_id
  where v.town_id = any ($3) and v.evidence <> 'passed'
    and v.visited_from >= $5::date::timestamp at time zone 'Asia/Shanghai'
    and v.visited_from < $6::date::timestamp at time zone 'Asia/Shanghai'
  group by 1, 2, 3
),
credited as materialized (
  select town_id, worker_id, day, sum(credited_seconds)::int as seconds, sum(credited_metres) as metres
  from wangge.objections
  where town_id = any ($3) and verdict = 'upheld' and day >= $5::date and day < $6::date
  group by town_id, worker_id, day
)
select duty.town_id, duty.worker_id, duty.day, duty.grids, coalesce(p.fixes, 0) as fixes,
  coalesce(p.seconds_inside, 0) as seconds_inside, coalesce(p.metres_inside, 0) as metres_inside,
  -- Of nothing received nothing is wrong.
  case when p.day is null then 0 else p.seconds_boundary end as seconds_boundary,
  case when p.day is null then 0 else p.metres_inside_error end as metres_inside_error, coalesce(p.rounds, 0) as rounds,
  coalesce(c.seconds, 0) as credited_seconds, coalesce(c.metres, 0) as credited_metres,
  coalesce(v.key_persons, 0) as key_persons, coalesce(v.key_places, 0) as key_places
from duty
left join patrolled p on p.town_id = duty.town_id and p.worker_id = duty.worker_id and p.day = duty.day
left join visited v on v.town_id = duty.town_id and v.worker_id = duty.worker_id and v.day = duty.day
left join credited c on c.town_id = duty.town_id and c.worker_id = duty.worker_id and c.day = duty.day
order by duty.town_id, duty.worker_id, duty.day

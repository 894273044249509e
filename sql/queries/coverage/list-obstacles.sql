-- What stood in the way of full-time workers in the week that ends with a day: silences of the phone, reports not believed, days without a fix.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 date the day
-- row: town_id, worker_id, name (personal), grids text[], seconds, seconds_unobserved, seconds_unreliable, days (with a fix),
--      reports_refused (of the devices the worker carries)
-- index: assignments_pk by town, patrol_days_day, device_notes_pk
with day as materialized (
  select ($5::date + 1)::timestamp at time zone 'Asia/Shanghai' as ended
),
duty as materialized (
  select a.town_id, a.worker_id, array_agg(distinct a.grid_code order by a.grid_code) as grids
  from wangge.assignments a
  cross join day
  where a.town_id = any ($3) and a.role = 'full_time' and a.valid_from < ended and (a.valid_to is null or ended <= a.valid_to)
    and ($1::text[] is null or a.town_id = any ($1))
    and ($2::text[] is null or exists (
      select from wangge.grids g where g.town_id = a.town_id and g.grid_code = a.grid_code and g.village_code = any ($2)))
    and ($4::text is null or exists (
      select from wangge.grids g where g.town_id = a.town_id and g.grid_code = a.grid_code and g.village_code = $4))
  group by a.town_id, a.worker_id
),
-- The trace of a day is the same whichever grid it is looked at from: what was not observed is counted once.
traced as materialized (
  select town_id, worker_id, count(*)::int as days, sum(seconds)::int as seconds, sum(unobserved)::int as unobserved,
    sum(unreliable)::int as unreliable
  from (
    select town_id, worker_id, day, max(seconds_inside + seconds_outside + seconds_unobserved + seconds_unreliable) as seconds,
      max(seconds_unobserved) as unobserved, max(seconds_unreliable) as unreliable
    from wangge.patrol_days
    where town_id = any ($3) and day > $5::date - 7 and day <= $5::date
    group by town_id, worker_id, day
  ) one
  group by town_id, worker_id
),
refused as materialized (
  select b.town_id, b.worker_id, sum(n.reports)::int as reports
  from wangge.device_notes n
  cross join day
  join wangge.device_bindings b on b.town_id = n.town_id and b.device_id = n.device_id
    and b.valid_from < ended and (b.valid_to is null or ended <= b.valid_to)
  where n.town_id = any ($3) and n.day > $5::date - 7 and n.day <= $5::date
  group by b.town_id, b.worker_id
)
select d.town_id, d.worker_id, w.name, d.grids, coalesce(t.days, 0) as days, coalesce(t.seconds, 0) as seconds,
  coalesce(t.unobserved, 0) as seconds_unobserved, coalesce(t.unreliable, 0) as seconds_unreliable,
  coalesce(r.reports, 0) as reports_refused
from duty d
join wangge.workers w on w.town_id = d.town_id and w.worker_id = d.worker_id
left join traced t on t.town_id = d.town_id and t.worker_id = d.worker_id
left join refused r on r.town_id = d.town_id and r.worker_id = d.worker_id
order by d.town_id, d.worker_id

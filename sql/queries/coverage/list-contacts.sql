-- Who keeps contact with households, and who answers full-time for grids, on a day.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text town; $4 text[] households; $5 text[] grids; $6 date the day
-- row: household_id or null, grid_code or null, worker_id, name (personal); of a grid the first by id
-- index: roster_pk, assignments_grid, workers_pk
with day as materialized (
  select ($6::date + 1)::timestamp at time zone 'Asia/Shanghai' as ended
)
select r.household_id, null as grid_code, r.worker_id, w.name
from day
join wangge.roster r on r.town_id = $3 and r.household_id = any ($4) and r.valid_from < ended and (r.valid_to is null or ended <= r.valid_to)
join wangge.households h on h.town_id = r.town_id and h.household_id = r.household_id
join wangge.workers w on w.town_id = r.town_id and w.worker_id = r.worker_id
where ($1::text[] is null or r.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
union all
(select distinct on (a.grid_code) null, a.grid_code, a.worker_id, w.name
from day
join wangge.assignments a on a.town_id = $3 and a.grid_code = any ($5) and a.role = 'full_time'
  and a.valid_from < ended and (a.valid_to is null or ended <= a.valid_to)
join wangge.workers w on w.town_id = a.town_id and w.worker_id = a.worker_id
where ($1::text[] is null or a.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.grids g where g.town_id = a.town_id and g.grid_code = a.grid_code and g.village_code = any ($2)))
order by a.grid_code, a.worker_id)

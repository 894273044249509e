-- Full-time workers who had a grid on a day but sent no fix.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 date[] the working days asked about
-- row: town_id, worker_id, name (personal), role, grid_code, day
-- index: assignments_pk by town, patrol_days_pk
select a.town_id, a.worker_id, w.name, a.role, a.grid_code, d.day
from wangge.assignments a
join wangge.workers w on w.town_id = a.town_id and w.worker_id = a.worker_id
join unnest($5::date[]) as d(day)
  on a.valid_from < (d.day + 1)::timestamp at time zone 'Asia/Shanghai'
  and (a.valid_to is null or d.day::timestamp at time zone 'Asia/Shanghai' < a.valid_to)
left join wangge.patrol_days p on p.town_id = a.town_id and p.worker_id = a.worker_id and p.day = d.day
where p.worker_id is null and a.role = 'full_time'
  and ($1::text[] is null or a.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.grids g where g.town_id = a.town_id and g.grid_code = a.grid_code and g.village_code = any ($2)))
  and a.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.grids g where g.town_id = a.town_id and g.grid_code = a.grid_code and g.village_code = $4))
order by d.day, a.town_id, a.worker_id, a.grid_code

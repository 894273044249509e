-- What was refused or corrected of some devices' reports since a day, the newest first.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns · $4 text[] devices · $5 date first day
-- row: town_id, device_id, day date, code, reports integer, first_at timestamptz, last_at timestamptz, example jsonb
-- index: device_notes_pk
select n.town_id, n.device_id, n.day, n.code, n.reports, n.first_at, n.last_at, n.example
from wangge.device_notes n
where ($1::text[] is null or n.town_id = any ($1))
  and ($2::text[] is null or exists (
    select
    from wangge.device_bindings b
    join wangge.assignments a on a.town_id = b.town_id and a.worker_id = b.worker_id
    join wangge.grids g on g.town_id = a.town_id and g.grid_code = a.grid_code
    where b.town_id = n.town_id and b.device_id = n.device_id and g.village_code = any ($2)))
  and n.town_id = any ($3) and n.device_id = any ($4) and n.day >= $5
order by n.day desc, n.device_id, n.code

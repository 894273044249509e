-- Who answers for a grid at a moment, with phones. Names and phones are personal data: the caller masks them or notes the access.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text town; $4 text grid; $5 timestamptz the moment
-- row: worker_id, name, phone or null, role
-- index: assignments_grid, workers_pk
select a.worker_id, w.name, w.phone, a.role
from wangge.assignments a
join wangge.workers w on w.town_id = a.town_id and w.worker_id = a.worker_id
where ($1::text[] is null or a.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.grids g where g.town_id = a.town_id and g.grid_code = a.grid_code and g.village_code = any ($2)))
  and a.town_id = $3 and a.grid_code = $4 and a.valid_from <= $5 and (a.valid_to is null or $5 < a.valid_to)
order by array_position(array['leader', 'full_time', 'part_time', 'instructor', 'informant'], a.role), a.worker_id

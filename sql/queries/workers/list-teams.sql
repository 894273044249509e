-- Who answers for the grids of an area at a moment. Names are personal data: the caller masks them.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 timestamptz the moment; $5 text one grid's code, null = all
-- row: town_id, grid_code, worker_id, name, role
-- index: assignments_pk by town, workers_pk
select a.town_id, a.grid_code, a.worker_id, w.name, a.role
from wangge.assignments a
join wangge.workers w on w.town_id = a.town_id and w.worker_id = a.worker_id
where ($1::text[] is null or a.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.grids g where g.town_id = a.town_id and g.grid_code = a.grid_code and g.village_code = any ($2)))
  and a.town_id = any ($3) and ($5::text is null or a.grid_code = $5)
  and a.valid_from <= $4 and (a.valid_to is null or $4 < a.valid_to)
order by a.grid_code, array_position(array['leader', 'full_time', 'part_time', 'instructor', 'informant'], a.role), a.worker_id

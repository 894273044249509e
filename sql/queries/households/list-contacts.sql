-- Who answers for the grids of an area, with names and phones: the caller masks them, or notes that they were read.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz end of the day
-- row: town_id, grid_code, grid_name or null, village_code or null, worker_id or null (nobody), name, phone, role
-- index: grids_pk, assignments_grid, workers_pk
select g.town_id, g.grid_code, g.name as grid_name, g.village_code, w.worker_id, w.name, w.phone, a.role
from wangge.grids g
left join wangge.assignments a on a.town_id = g.town_id and a.grid_code = g.grid_code
  and a.valid_from < $5 and (a.valid_to is null or $5 <= a.valid_to)
left join wangge.workers w on w.town_id = a.town_id and w.worker_id = a.worker_id
where ($1::text[] is null or g.town_id = any ($1)) and ($2::text[] is null or g.village_code = any ($2))
  and g.town_id = any ($3) and ($4::text is null or g.village_code = $4)
  and g.kind <> 'microgrid' and g.valid_from < $5 and (g.valid_to is null or $5 <= g.valid_to)
order by g.town_id, g.grid_code, a.role, w.worker_id

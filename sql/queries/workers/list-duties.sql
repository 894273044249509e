-- Every worker with the grids in force that the worker is assigned to at a moment; without one, a row without a grid. Names are
-- personal data: the caller masks them.
-- $1 timestamptz the moment
-- row: town_id text, worker_id text, name text, role text or null, grid_code text or null, village_code text or null,
--      version_from timestamptz or null
-- index: none, all workers; assignments_pk, grids_pk
-- scope: none, the live board is the service's own; what a viewer sees of it is decided for each viewer
select w.town_id, w.worker_id, w.name, d.role, d.grid_code, d.village_code, d.version_from
from wangge.workers w
left join (
  select a.town_id, a.worker_id, a.role, a.grid_code, g.village_code, g.valid_from as version_from
  from wangge.assignments a
  join wangge.grids g
    on g.town_id = a.town_id
    and g.grid_code = a.grid_code
    and g.valid_from <= $1
    and (g.valid_to is null or $1 < g.valid_to)
  where a.valid_from <= $1 and (a.valid_to is null or $1 < a.valid_to)
) d on d.town_id = w.town_id and d.worker_id = w.worker_id
order by w.town_id, w.worker_id, d.grid_code, d.role

-- The versions of grids a worker answers for in an interval, each for the time in which both the assignment and the version are in force.
-- $1 text town · $2 text[] workers · $3 timestamptz from · $4 timestamptz to, exclusive
-- row: worker_id text, grid_code text, role text, valid_from timestamptz, valid_to timestamptz or null, version_from timestamptz
-- index: assignments_pk, grids_pk
-- scope: none, matching runs for the system
select
  assignments.worker_id,
  assignments.grid_code,
  assignments.role,
  greatest(assignments.valid_from, grids.valid_from) as valid_from,
  least(assignments.valid_to, grids.valid_to) as valid_to,
  grids.valid_from as version_from
from wangge.assignments
join wangge.grids
  on grids.town_id = assignments.town_id
  and grids.grid_code = assignments.grid_code
  and grids.valid_from < coalesce(assignments.valid_to, 'infinity')
  and coalesce(grids.valid_to, 'infinity') > assignments.valid_from
where assignments.town_id = $1
  and assignments.worker_id = any ($2)
  and assignments.role in ('full_time', 'part_time')
  and assignments.valid_from < $4
  and coalesce(assignments.valid_to, 'infinity') > $3
  and grids.valid_from < $4
  and coalesce(grids.valid_to, 'infinity') > $3
order by assignments.worker_id, assignments.grid_code, valid_from

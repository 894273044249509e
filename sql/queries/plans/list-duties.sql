-- Who answers for which grid of a town at a moment or after it.
-- $1 text town · $2 timestamptz the moment
-- row: worker_id, grid_code, role, valid_from timestamptz, valid_to timestamptz or null
-- index: assignments_pk by town
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select worker_id, grid_code, role, valid_from, valid_to
from wangge.assignments
where town_id = $1 and (valid_to is null or $2 < valid_to)
order by worker_id, grid_code, role, valid_from

-- Workers ever assigned to some grids of a town.
-- $1 text town · $2 text[] grid codes
-- row: worker_id text
-- index: assignments_grid
-- scope: none, an import runs for the system
select distinct worker_id
from wangge.assignments
where town_id = $1
  and grid_code = any ($2)

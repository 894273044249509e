-- Intervals of the assignments of some towns, under the key within which they must not overlap.
-- $1 text[] towns
-- row: town_id text, key text[] (worker, grid, role), valid_from timestamptz, valid_to timestamptz or null
-- index: assignments_pk
-- scope: none, an import runs for the system
select town_id, array[worker_id, grid_code, role] as key, valid_from, valid_to
from wangge.assignments
where town_id = any ($1)

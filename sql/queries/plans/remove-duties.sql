-- Takes out assignments that were to begin on or after the day on which their grid ends.
-- $1 text town · $2 text[] grids · $3 timestamptz the day's first instant
-- index: assignments_grid
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
delete from wangge.assignments
where town_id = $1 and grid_code = any ($2) and valid_from >= $3

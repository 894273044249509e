-- A visit by its id.
-- $1 text town · $2 text visit
-- row: worker_id, household_id, place_id, building_id, visited_from, evidence, marks, distance_metres
-- index: visits_pk
-- scope: none, asked only by whoever offers the same visit again; row-level security stands behind
select worker_id, household_id, place_id, building_id, visited_from, evidence, marks, distance_metres
from wangge.visits
where town_id = $1 and visit_id = $2

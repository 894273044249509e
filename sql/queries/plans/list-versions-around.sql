-- Versions of grids, of all times, with ground in a box: those whose lines a plan's outline may run along.
-- $1 text town · $2 double precision west · $3 double precision south · $4 double precision east · $5 double precision north, degrees
-- row: grid_code, valid_from timestamptz, valid_to timestamptz or null, village_code or null, parent_code or null, kind, name or null,
--      boundary GeoJSON text
-- index: grids_boundary
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind, which is the town's
select grid_code, valid_from, valid_to, village_code, parent_code, kind, name, st_asgeojson(boundary, 15) as boundary
from wangge.grids
where town_id = $1 and boundary && st_makeenvelope($2, $3, $4, $5, 4326)
order by grid_code, valid_from

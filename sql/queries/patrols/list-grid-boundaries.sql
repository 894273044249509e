-- Boundaries of all versions of a town's grids in force in an interval.
-- $1 text town · $2 timestamptz from · $3 timestamptz to, exclusive
-- row: grid_code text, valid_from timestamptz, boundary text (GeoJSON)
-- index: grids_pk
-- scope: none, matching runs for the system
select grid_code, valid_from, ST_AsGeoJSON(boundary, 15) as boundary
from wangge.grids
where town_id = $1
  and valid_from < $3
  and coalesce(valid_to, 'infinity') > $2

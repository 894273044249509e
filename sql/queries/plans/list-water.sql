-- Bodies of water that may bound a grid of an area: those whose box meets the area's.
-- $1 text town · $2 text area
-- row: land_id, name or null, boundary GeoJSON text
-- index: land_boundary
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
select l.land_id, l.name, st_asgeojson(l.boundary, 15) as boundary
from wangge.areas a
join wangge.land l on l.town_id = $1 and l.kind = 'water' and l.boundary && a.boundary
where a.area_code = $2
order by l.land_id

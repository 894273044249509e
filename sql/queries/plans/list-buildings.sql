-- Buildings of an area.
-- $1 text town · $2 text area
-- row: building_id, name or null, boundary GeoJSON text
-- index: buildings_boundary
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
select b.building_id, b.name, st_asgeojson(b.boundary, 15) as boundary
from wangge.areas a
join wangge.buildings b on b.town_id = $1 and b.boundary && a.boundary
where a.area_code = $2
order by b.building_id

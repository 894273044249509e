-- Natural villages and compounds of an area that a grid should not split.
-- $1 text town · $2 text area
-- row: village_id, name, boundary GeoJSON text
-- index: villages_boundary
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
select v.village_id, v.name, st_asgeojson(v.boundary, 15) as boundary
from wangge.areas a
join wangge.villages v on v.town_id = $1 and v.boundary && a.boundary
where a.area_code = $2
order by v.village_id

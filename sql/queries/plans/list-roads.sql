-- Roads and railways that may bound a grid of an area: those whose box meets the area's.
-- $1 text town · $2 text area
-- row: road_id, name or null, class, path GeoJSON text
-- index: roads_path
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
select r.road_id, r.name, r.class, st_asgeojson(r.path, 15) as path
from wangge.areas a
join wangge.roads r on r.town_id = $1 and r.path && a.boundary
where a.area_code = $2
order by r.road_id

-- Every road of a town.
-- $1 text town
-- row: road_id, name or null, class, path GeoJSON text
-- index: roads_pk
-- scope: none, matching runs for the system; streets are no secret
select road_id, name, class, st_asgeojson(path, 15) as path
from wangge.roads
where town_id = $1
order by road_id

-- Streets and lanes of a township within a box, as GeoJSON.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all: streets belong to nobody's village
-- $3 text town · $4 double precision west · $5 double precision south · $6 double precision east · $7 double precision north, degrees
-- row: path text, a MultiLineString
-- index: roads_path
select st_asgeojson(path, 7) as path
from wangge.roads
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)
  and town_id = $3 and path && st_makeenvelope($4, $5, $6, $7, 4326)
order by road_id

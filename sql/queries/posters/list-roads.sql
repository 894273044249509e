-- Roads and railways that a printed map of a box shows.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the box: west, south, east, north in degrees
-- row: road_id, name or null, class, path GeoJSON text
-- index: roads_path
select road_id, name, class, st_asgeojson(path, 7) as path
from wangge.roads
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)
  and path && st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326)
order by town_id, road_id

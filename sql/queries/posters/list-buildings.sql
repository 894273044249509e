-- Footprints of buildings that a printed map of a box shows.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the box: west, south, east, north in degrees
-- row: boundary GeoJSON text
-- index: buildings_boundary
select st_asgeojson(boundary, 7) as boundary
from wangge.buildings
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)
  and boundary && st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326)
order by town_id, building_id

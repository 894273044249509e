-- Administrative villages that a printed map of a box shows.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the box: west, south, east, north in degrees
-- row: area_code, name, boundary GeoJSON text (15 decimals give every double back: their edges are compared)
-- index: areas_boundary
select area_code, name, st_asgeojson(boundary, 15) as boundary
from wangge.areas
where level = 'village'
  and ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or area_code = any ($2))
  and boundary && st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326)
order by area_code

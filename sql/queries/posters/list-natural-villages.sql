-- Natural villages that a printed map of a box shows.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the box: west, south, east, north in degrees
-- row: village_id, name, boundary GeoJSON text
-- index: villages_boundary
select village_id, name, st_asgeojson(boundary, 7) as boundary
from wangge.villages
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
  and boundary && st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326)
order by town_id, village_id

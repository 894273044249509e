-- Places that a printed map of a box may show. Their addresses are not needed.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the box: west, south, east, north in degrees
-- row: place_id, kind, name, longitude, latitude (degrees)
-- index: places_position
select place_id, kind, name, st_x(position) as longitude, st_y(position) as latitude
from wangge.places p
where ($1::text[] is null or town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas a where a.area_code = any ($2) and st_covers(a.boundary, p.position)))
  and position && st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326)
order by town_id, place_id

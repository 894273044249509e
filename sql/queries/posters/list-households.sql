-- Where households of a box live, and nothing else of them: houses of a printed map where no building is known.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the box: west, south, east, north in degrees
-- row: longitude, latitude (degrees)
-- index: households_position
select st_x(position) as longitude, st_y(position) as latitude
from wangge.households
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
  and position && st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326)
order by town_id, household_id

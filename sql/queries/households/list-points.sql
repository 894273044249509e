-- Where the households of an area are, for the division check and rates per 1,000 households.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- row: household_id, longitude, latitude
-- index: households_pk by town
select household_id, st_x(position) as longitude, st_y(position) as latitude
from wangge.households
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
  and town_id = any ($3) and ($4::text is null or village_code = $4)
order by town_id, household_id

-- Households of a town by id, with their personal data: the caller masks it, or notes that it was read.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text town; $4 text[] households
-- row: household_id, head, phone, address, members, categories text[], must_visit, longitude, latitude
-- index: households_pk
select household_id, head, phone, address, members, categories, must_visit,
  st_x(position) as longitude, st_y(position) as latitude
from wangge.households
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
  and town_id = $3 and household_id = any ($4)
order by household_id

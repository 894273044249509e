-- Where an incident would be: the town and village a position or a registered household or place lies in.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 text household or null; $6 text place or null; $7 double precision longitude or null; $8 double precision latitude or null
-- row: town_id, longitude, latitude; none where it lies elsewhere, or nothing of that id is registered
-- index: households_pk, places_pk, areas_pk
with spot as materialized (
  select h.town_id, h.position from wangge.households h
  where h.town_id = any ($3) and h.household_id = $5 and $6::text is null
  union all
  select p.town_id, p.position from wangge.places p
  where p.town_id = any ($3) and p.place_id = $6 and $5::text is null
  union all
  select null, st_setsrid(st_makepoint($7::double precision, $8::double precision), 4326)
  where $5::text is null and $6::text is null
)
select t.area_code as town_id,
  coalesce($7::double precision, st_x(s.position)) as longitude,
  coalesce($8::double precision, st_y(s.position)) as latitude
from spot s
join wangge.areas t on t.level = 'township' and t.area_code = any ($3)
  and (s.town_id = t.area_code or s.town_id is null and (t.boundary is null or st_covers(t.boundary, s.position)))
where ($1::text[] is null or t.area_code = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = t.area_code and st_covers(v.boundary, s.position)))
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = t.area_code and st_covers(v.boundary, s.position)))
order by t.boundary is null, t.area_code
limit 1

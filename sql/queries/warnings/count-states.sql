-- How many warnings of an area stand in each state.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- row: draft int, confirmed int, dismissed int
-- index: warnings_night
select count(*) filter (where w.state = 'draft')::int as draft,
  count(*) filter (where w.state = 'confirmed')::int as confirmed,
  count(*) filter (where w.state = 'dismissed')::int as dismissed
from wangge.warnings w
where ($1::text[] is null or w.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = w.town_id
      and st_covers(v.boundary, st_setsrid(st_makepoint(w.longitude, w.latitude), 4326))))
  and w.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = w.town_id
      and st_covers(v.boundary, st_setsrid(st_makepoint(w.longitude, w.latitude), 4326))))

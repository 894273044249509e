-- How the warnings of an area that are old enough were followed.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- row: warnings int, followed int (more happened there than before would give), observed int on warned ground, total int in the
--      townships, area_share double precision (mean) or null
-- index: warnings_night
select count(*)::int as warnings, count(*) filter (where w.followed_observed > w.followed_expected)::int as followed,
  coalesce(sum(w.followed_observed), 0)::int as observed, coalesce(sum(w.followed_total), 0)::int as total,
  avg(w.area_share) as area_share
from wangge.warnings w
where ($1::text[] is null or w.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = w.town_id
      and st_covers(v.boundary, st_setsrid(st_makepoint(w.longitude, w.latitude), 4326))))
  and w.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = w.town_id
      and st_covers(v.boundary, st_setsrid(st_makepoint(w.longitude, w.latitude), 4326))))
  and w.followed_days is not null

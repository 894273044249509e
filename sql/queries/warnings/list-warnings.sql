-- Warnings of an area, newest first, in pages.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 text state, null = all; $6 text one warning, null = all
-- $7 date, $8 text, $9 text night, town and id after which the page starts, null = the first; $10 int rows
-- row: town_id, warning_id, night, category, method, longitude, latitude, radius_metres, hexagons, grid_code or null, from_day,
--      to_day, observed, expected, p, recurrence_days, state, decided_by, decided_at, reason, incident_id, followed_days, followed_observed, followed_expected or null
-- index: warnings_night, grids_boundary
select w.town_id, w.warning_id, w.night, w.category, w.method, w.longitude, w.latitude, w.radius_metres, w.hexagons,
  c.grid_code, w.from_day, w.to_day, w.observed, w.expected, w.p, w.recurrence_days, w.state, w.decided_by, w.decided_at, w.reason, w.incident_id,
  w.followed_days, w.followed_observed, w.followed_expected
from wangge.warnings w
left join lateral (
  select g.grid_code
  from wangge.grids g
  where g.town_id = w.town_id and g.kind <> 'microgrid'
    and g.valid_from <= w.night::timestamp at time zone 'Asia/Shanghai'
    and (g.valid_to is null or w.night::timestamp at time zone 'Asia/Shanghai' < g.valid_to)
    and st_covers(g.boundary, st_setsrid(st_makepoint(w.longitude, w.latitude), 4326))
  order by g.grid_code limit 1
) c on true
where ($1::text[] is null or w.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = w.town_id
      and st_covers(v.boundary, st_setsrid(st_makepoint(w.longitude, w.latitude), 4326))))
  and w.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = w.town_id
      and st_covers(v.boundary, st_setsrid(st_makepoint(w.longitude, w.latitude), 4326))))
  and ($5::text is null or w.state = $5)
  and ($6::text is null or w.warning_id = $6)
  and ($7::date is null or (w.night, w.town_id, w.warning_id) < ($7, $8, $9))
order by w.night desc, w.town_id desc, w.warning_id desc
limit $10

-- Adds the drafts of a night; one whose ground and category were warned of a short time ago is left out.
-- $1 jsonb array of objects with the columns named below; $2 integer days for which the same ground is not told of again
-- index: warnings_night
-- scope: none, the nightly watch runs for the system
insert into wangge.warnings (town_id, warning_id, night, category, method, longitude, latitude, radius_metres, hexagons,
  from_day, to_day, observed, expected, p, recurrence_days, area_share)
select n.town_id, n.warning_id, n.night, n.category, n.method, n.longitude, n.latitude, n.radius_metres, n.hexagons,
  n.from_day, n.to_day, n.observed, n.expected, n.p, n.recurrence_days, n.area_share
from jsonb_to_recordset($1) as n (town_id text, warning_id text, night date, category text, method text,
  longitude double precision, latitude double precision, radius_metres double precision, hexagons text[],
  from_day date, to_day date, observed integer, expected double precision, p double precision,
  recurrence_days double precision, area_share double precision)
where not exists (
  select from wangge.warnings w
  where w.town_id = n.town_id and w.category = n.category and w.hexagons && n.hexagons
    and w.night < n.night and w.night > n.night - $2::integer)
on conflict do nothing

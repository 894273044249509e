-- Counts reports that were refused or corrected, and keeps the last as an example. (device, day, code) are distinct within the arrays.
-- $1 text town · $2 text[] devices · $3 date[] local days · $4 text[] codes · $5 integer[] reports · $6 text[] examples, JSON
-- $7 timestamptz now
-- index: device_notes_pk
-- scope: none, a device acts for itself
insert into wangge.device_notes (town_id, device_id, day, code, reports, first_at, last_at, example)
select $1, given.device_id, given.day, given.code, given.reports, $7, $7, given.example::jsonb
from unnest($2::text[], $3::date[], $4::text[], $5::integer[], $6::text[]) as given (device_id, day, code, reports, example)
on conflict (town_id, device_id, day, code) do update set
  reports = device_notes.reports + excluded.reports,
  last_at = excluded.last_at,
  example = excluded.example

-- Notes that a viewer read personal data, once an hour for the same viewer, deed and subject; never the data itself.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused here)
-- $3 text[] towns whose data it was, $4 timestamptz the moment, $5 text viewer, $6 text action, $7 text subject
-- row: none
-- index: access_log_happened_at
insert into wangge.access_log (town_id, happened_at, viewer, action, subject)
select t.town, $4::timestamptz, $5, $6, $7
from unnest($3::text[]) t (town)
where ($1::text[] is null or t.town = any ($1)) and ($2::text[] is null or true)
  and not exists (
    select from wangge.access_log l
    where l.town_id = t.town and l.happened_at > $4::timestamptz - interval '1 hour' and l.happened_at <= $4::timestamptz
      and l.viewer = $5 and l.action = $6 and l.subject = $7)

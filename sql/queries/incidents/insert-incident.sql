-- Enters an incident under the next number of its local day: SJ20261008-0001.
-- $1 text town · $2 text entry key · $3 text category · $4 text severity or null · $5 text urgency · $6 timestamptz occurred
-- $7 timestamptz reported · $8 text status · $9 text level · $10 text description · $11 text reporter or null
-- $12 text contact or null · $13 text household or null · $14 text place or null · $15 double precision longitude
-- $16 double precision latitude · $17 text entered by
-- row: incident_id; none when the key is known, or when somebody took the number at that moment
-- index: incidents_entered, incidents_pk, incidents_entry_key
-- scope: none, commands/incidents finds the spot in the viewer's scope; row-level security stands behind
with day as (
  select 'SJ' || to_char($7::timestamptz at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' as prefix,
    date_trunc('day', $7::timestamptz at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai' as midnight
),
next as (
  select day.prefix || lpad((coalesce(max(substring(i.incident_id from 12)::bigint), 0) + 1)::text, 4, '0') as incident_id
  from day
  left join wangge.incidents i on i.town_id = $1 and i.entry_key is not null
    and i.reported_at >= day.midnight and i.reported_at < day.midnight + interval '1 day'
    and i.incident_id ~ '^SJ[0-9]{8}-[0-9]{4,9}$'
  group by day.prefix
)
insert into wangge.incidents (town_id, incident_id, entry_key, category, severity, urgency, occurred_at, reported_at, status, level,
  description, reporter, reporter_contact, household_id, place_id, position, entered_by, revision)
select $1, next.incident_id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
  st_setsrid(st_makepoint($15, $16), 4326), $17, 1
from next
on conflict do nothing
returning incident_id

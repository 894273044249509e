-- A duty record by its id, also a withdrawn one.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: a worker belongs to the town)
-- $3 text[] towns of the area; $4 text record
-- row: town_id, record_id, worker_id, kind, from_day, to_day, state, note, entered_by, entered_at
-- index: duty_records_pk
select town_id, record_id, worker_id, kind, from_day, to_day, state, note, entered_by, entered_at
from wangge.duty_records
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)
  and town_id = any ($3) and record_id = $4
order by town_id
limit 1

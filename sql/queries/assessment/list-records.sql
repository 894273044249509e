-- Duty records that touch an interval of days, those withdrawn left out.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: a worker belongs to the town)
-- $3 text[] towns of the area; $4 date from, $5 date to (half-open); $6 text worker, null = all
-- row: town_id, record_id, worker_id, kind, from_day, to_day, state, note, entered_by, entered_at
-- index: duty_records_worker
select town_id, record_id, worker_id, kind, from_day, to_day, state, note, entered_by, entered_at
from wangge.duty_records
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)
  and town_id = any ($3) and withdrawn_at is null and from_day < $5::date and to_day > $4::date
  and ($6::text is null or worker_id = $6)
order by worker_id, from_day, record_id

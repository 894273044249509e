-- Withdraws a duty record; it stays as it was entered.
-- $1 text town · $2 text record · $3 text who · $4 timestamptz now
-- row: record_id, worker_id, from_day, to_day
-- index: duty_records_pk
-- scope: none, the record was found in the viewer's scope; row-level security stands behind
update wangge.duty_records
set withdrawn_by = $3, withdrawn_at = $4
where town_id = $1 and record_id = $2 and withdrawn_at is null
returning record_id, worker_id, from_day, to_day

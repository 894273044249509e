-- Enters a duty record, or puts it right; one that says the same is left alone.
-- $1 text town · $2 text record · $3 text worker · $4 text kind · $5 date from · $6 date to · $7 text state · $8 text note
-- $9 text who · $10 timestamptz now
-- row: record_id, when anything was written
-- index: duty_records_pk
-- scope: none, the worker was found in the viewer's scope; row-level security stands behind
insert into wangge.duty_records (town_id, record_id, worker_id, kind, from_day, to_day, state, note, entered_by, entered_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (town_id, record_id) do update set
    worker_id = excluded.worker_id, kind = excluded.kind, from_day = excluded.from_day, to_day = excluded.to_day,
    state = excluded.state, note = excluded.note, entered_by = excluded.entered_by, entered_at = excluded.entered_at,
    withdrawn_by = null, withdrawn_at = null
  where (duty_records.worker_id, duty_records.kind, duty_records.from_day, duty_records.to_day, duty_records.state, duty_records.note, duty_records.withdrawn_at)
    is distinct from (excluded.worker_id, excluded.kind, excluded.from_day, excluded.to_day, excluded.state, excluded.note, null)
returning record_id

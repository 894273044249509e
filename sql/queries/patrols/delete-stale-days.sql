-- Takes the marks off a worker's days that were matched again.
-- $1 text town · $2 text worker · $3 date[] local days
-- index: stale_days_pk
-- scope: none, matching again runs for the system
delete from wangge.stale_days
where town_id = $1 and worker_id = $2 and day = any ($3)

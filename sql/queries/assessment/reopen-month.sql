-- Reopens a month for a worker, or for all of a town for whom it is closed.
-- $1 text town · $2 date first day of the month · $3 text worker, null = all · $4 text reason · $5 text who · $6 timestamptz now
-- row: worker_id
-- index: closed_months_pk
-- scope: none, the workers were found in the viewer's scope; row-level security stands behind
update wangge.closed_months
set reopened_at = $6, reopened_by = $5, reopen_reason = $4
where town_id = $1 and month = $2 and ($3::text is null or worker_id = $3) and reopened_at is null
returning worker_id

-- Removes the drawn trace of a worker's day.
-- $1 text town · $2 text worker · $3 date local day
-- index: traces_pk
-- scope: none, matching again runs for the system
delete from wangge.traces
where town_id = $1 and worker_id = $2 and day = $3

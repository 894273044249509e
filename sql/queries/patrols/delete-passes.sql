-- Removes the households that a worker's trace of one local day passed.
-- $1 text town · $2 text worker · $3 date local day
-- index: passes_pk
-- scope: none, matching again runs for the system
delete from wangge.passes
where town_id = $1 and worker_id = $2 and day = $3

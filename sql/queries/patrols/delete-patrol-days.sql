-- Removes what a worker's days amounted to, before the new results are written.
-- $1 text town · $2 text worker · $3 date[] local days
-- index: patrol_days_pk
-- scope: none, matching again runs for the system
delete from wangge.patrol_days
where town_id = $1 and worker_id = $2 and day = any ($3)

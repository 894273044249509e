-- Removes what a worker's day amounted to, before the new result is written.
-- $1 text town · $2 text worker · $3 date local day
-- index: patrol_days_pk
-- scope: none, matching again runs for the system
delete from wangge.patrol_days
where town_id = $1 and worker_id = $2 and day = $3

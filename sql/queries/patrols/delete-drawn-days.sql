-- Removes what is drawn of a worker's days.
-- $1 text town · $2 text worker · $3 date[] local days
-- index: drawn_days_pk
-- scope: none, matching again runs for the system
delete from wangge.drawn_days
where town_id = $1 and worker_id = $2 and day = any ($3)

-- Removes the sketches of a worker's days, before the new ones are written.
-- $1 text town · $2 text worker · $3 date[] local days
-- index: day_sketches_pk
-- scope: none, matching again runs for the system
delete from wangge.day_sketches
where town_id = $1 and worker_id = $2 and day = any ($3)

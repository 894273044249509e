-- Removes the lanes and places that a worker's traces of these days passed.
-- $1 text town · $2 text worker · $3 date[] local days
-- index: ground_passes_pk
-- scope: none, matching again runs for the system
delete from wangge.ground_passes
where town_id = $1 and worker_id = $2 and day = any ($3)

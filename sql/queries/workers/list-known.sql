-- Which of the ids are workers of a town.
-- $1 text town · $2 text[] workers
-- row: worker_id text
-- index: workers_pk
-- scope: none, a program's authority over the town is checked by the route
select worker_id
from wangge.workers
where town_id = $1 and worker_id = any ($2)

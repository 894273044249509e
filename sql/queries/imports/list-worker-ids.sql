-- Ids of the workers of some towns.
-- $1 text[] towns
-- row: town_id text, id text
-- index: workers_pk
-- scope: none, an import runs for the system
select town_id, worker_id as id
from wangge.workers
where town_id = any ($1)

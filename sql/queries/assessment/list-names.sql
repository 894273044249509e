-- Names of full-time workers.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: a worker belongs to the town)
-- $3 text[] towns of the area
-- row: town_id, worker_id, name (personal)
-- index: workers_pk
select town_id, worker_id, name
from wangge.workers
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true) and town_id = any ($3) and role = 'full_time'
order by town_id, worker_id

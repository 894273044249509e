-- Workers who have a fix in an interval.
-- $1 timestamptz from · $2 timestamptz to, exclusive
-- row: town_id text, worker_id text
-- index: fixes_pk
-- scope: none, packing runs for the system
select distinct town_id, worker_id
from wangge.fixes
where fixed_at >= $1 and fixed_at < $2
order by town_id, worker_id

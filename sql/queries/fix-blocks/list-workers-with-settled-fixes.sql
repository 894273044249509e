-- Workers who have at least so many fixes of an interval before a moment, and when their last fix of the interval is.
-- $1 timestamptz from · $2 timestamptz to, exclusive · $3 timestamptz the moment · $4 integer at least so many
-- row: town_id text, worker_id text, last_at timestamptz
-- index: fixes_pk
-- scope: none, packing runs for the system
select town_id, worker_id, max(fixed_at) as last_at
from wangge.fixes
where fixed_at >= $1 and fixed_at < $2
group by town_id, worker_id
having count(*) filter (where fixed_at < $3) >= $4
order by town_id, worker_id

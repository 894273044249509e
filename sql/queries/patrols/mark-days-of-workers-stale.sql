-- Marks every local day on which these workers have a fix in the interval: their grids or assignments changed.
-- $1 text town · $2 text[] workers · $3 timestamptz from · $4 timestamptz to, exclusive
-- scope: none, written with the change that makes the days stale
-- index: fixes_pk, fix_blocks_pk
insert into wangge.stale_days (town_id, worker_id, day)
select town_id, worker_id, (fixed_at at time zone 'Asia/Shanghai')::date
from wangge.fixes
where town_id = $1
  and worker_id = any ($2)
  and fixed_at >= $3
  and fixed_at < $4
union
select town_id, worker_id, day
from wangge.fix_blocks
where town_id = $1
  and worker_id = any ($2)
  and last_at >= $3
  and first_at < $4
  and day >= ($3 at time zone 'Asia/Shanghai')::date
  and day <= ($4 at time zone 'Asia/Shanghai')::date
order by 1, 2, 3
on conflict (town_id, worker_id, day) do update
  set touched = gen_random_uuid(), is_being_matched = false
  where stale_days.is_being_matched

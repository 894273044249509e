-- Marks every worker day of some towns in an interval of local days that has fixes: the rules it is judged by changed.
-- $1 text[] towns · $2 date from · $3 date to, exclusive; null: open
-- scope: none, written with the change that makes the days stale
-- index: fixes_pk, fix_blocks_pk
insert into wangge.stale_days (town_id, worker_id, day)
select distinct town_id, worker_id, (fixed_at at time zone 'Asia/Shanghai')::date
from wangge.fixes
where town_id = any ($1)
  and fixed_at >= $2::date::timestamp at time zone 'Asia/Shanghai'
  and ($3::date is null or fixed_at < $3::date::timestamp at time zone 'Asia/Shanghai')
union
select town_id, worker_id, day
from wangge.fix_blocks
where town_id = any ($1)
  and day >= $2::date
  and ($3::date is null or day < $3::date)
on conflict (town_id, worker_id, day) do nothing

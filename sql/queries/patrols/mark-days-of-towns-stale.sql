-- Marks every worker day of some towns in an interval of local days that has fixes: the rules it is judged by changed.
-- $1 text[] towns · $2 date from · $3 date to, exclusive; null: open
-- scope: none, written with the change that makes the days stale
-- index: fixes_pk, fix_blocks_pk
insert into wangge.stale_days (town_id, worker_id, day)
select town_id, worker_id, day
from (
  select town_id, worker_id, (fixed_at at time zone 'Asia/Shanghai')::date as day
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
) marked
order by 1, 2, 3 -- two that mark the same days must not wait for each other
on conflict (town_id, worker_id, day) do update
  set touched = gen_random_uuid(), is_being_matched = false
  where stale_days.is_being_matched

-- Marks the days that were matched to some grids and whose fixes are still there: what lies in the grids changed.
-- $1 text town · $2 text[] grids
-- scope: none, written with the change that makes the days stale
-- index: patrol_days_pk by town, fix_blocks_pk, fixes_pk
insert into wangge.stale_days (town_id, worker_id, day)
select distinct p.town_id, p.worker_id, p.day
from wangge.patrol_days p
where p.town_id = $1
  and p.grid_code = any ($2)
  and (
    exists (
      select from wangge.fix_blocks b
      where b.town_id = p.town_id and b.worker_id = p.worker_id and b.day = p.day)
    or exists (
      select from wangge.fixes f
      where f.town_id = p.town_id and f.worker_id = p.worker_id
        and f.fixed_at >= p.day::timestamp at time zone 'Asia/Shanghai'
        and f.fixed_at < (p.day + 1)::timestamp at time zone 'Asia/Shanghai'))
order by 1, 2, 3 -- two that mark the same days must not wait for each other
on conflict (town_id, worker_id, day) do update
  set touched = gen_random_uuid(), is_being_matched = false
  where stale_days.is_being_matched

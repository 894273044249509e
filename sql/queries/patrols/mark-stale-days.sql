-- Marks worker days to be matched again. Where somebody matches a day at this moment, the mark becomes another and outlives that; where
-- the mark stands and nobody does, it is only held, so that whoever begins waits and reads what is being written.
-- $1 text town · $2 text[] workers · $3 date[] local days, one a worker
-- scope: none, written with the change that makes the days stale
insert into wangge.stale_days (town_id, worker_id, day)
select distinct $1, given.worker_id, given.day
from unnest($2::text[], $3::date[]) as given (worker_id, day)
order by 2, 3 -- two that mark the same days must not wait for each other
on conflict (town_id, worker_id, day) do update
  set touched = gen_random_uuid(), is_being_matched = false
  where stale_days.is_being_matched

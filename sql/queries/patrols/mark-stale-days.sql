-- Marks worker days to be matched again.
-- $1 text town · $2 text[] workers · $3 date[] local days, one a worker
-- scope: none, written with the change that makes the days stale
insert into wangge.stale_days (town_id, worker_id, day)
select distinct $1, given.worker_id, given.day
from unnest($2::text[], $3::date[]) as given (worker_id, day)
on conflict (town_id, worker_id, day) do nothing

-- Of how many fixes days of workers were matched.
-- $1 text town · $2 text[] workers · $3 date[] local days, one a worker
-- row: worker_id text, day date, fixes integer
-- index: patrol_days_pk
-- scope: none, matching runs for the system
select worker_id, day, max(fixes) as fixes
from wangge.patrol_days
join unnest($2::text[], $3::date[]) as given (worker_id, day) using (worker_id, day)
where town_id = $1
group by worker_id, day

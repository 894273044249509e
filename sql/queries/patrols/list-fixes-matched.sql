-- Of how many fixes a worker's days were matched.
-- $1 text town · $2 text worker · $3 date[] local days
-- row: day date, fixes integer
-- index: patrol_days_pk
-- scope: none, matching runs for the system
select day, max(fixes) as fixes
from wangge.patrol_days
where town_id = $1 and worker_id = $2 and day = any ($3)
group by day

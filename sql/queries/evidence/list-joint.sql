-- Who is registered as patrolling together on a day.
-- $1 text town · $2 date day
-- row: workers text[]
-- index: joint_patrols_days
-- scope: none, comparing runs for the system
select workers
from wangge.joint_patrols
where town_id = $1 and from_day <= $2::date and to_day > $2::date and withdrawn_at is null
order by joint_id

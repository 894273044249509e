-- The first day on which anybody was on patrol.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: the start of the records is no secret)
-- $3 text[] towns of the area
-- row: first_day date or null
-- index: patrol_days_day
select min(day) as first_day
from wangge.patrol_days
where town_id = any ($3) and ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)

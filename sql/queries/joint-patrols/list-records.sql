-- Registered joint patrols that touch an interval of days, those withdrawn left out.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: a worker belongs to the town)
-- $3 text[] towns of the area; $4 date from, $5 date to (half-open); $6 text record, null = all
-- row: town_id, joint_id, workers text[], from_day, to_day, note, entered_by, entered_at
-- index: joint_patrols_days
select town_id, joint_id, workers, from_day, to_day, note, entered_by, entered_at
from wangge.joint_patrols
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)
  and town_id = any ($3) and withdrawn_at is null and from_day < $5::date and to_day > $4::date
  and ($6::text is null or joint_id = $6)
order by from_day, town_id, joint_id

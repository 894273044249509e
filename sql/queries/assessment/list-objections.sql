-- Objections to patrol days of an interval.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: a worker belongs to the town)
-- $3 text[] towns of the area; $4 date from, $5 date to (half-open); $6 text worker, null = all; $7 text objection, null = all
-- row: town_id, objection_id, worker_id, day, claimed_from, claimed_to, claim, entered_by, entered_at, verdict or null,
--      credited_seconds, credited_metres, reason or null, decided_by or null, decided_at or null
-- index: objections_worker
select town_id, objection_id, worker_id, day, claimed_from, claimed_to, claim, entered_by, entered_at, verdict,
  credited_seconds, credited_metres, reason, decided_by, decided_at
from wangge.objections
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)
  and town_id = any ($3) and day >= $4::date and day < $5::date
  and ($6::text is null or worker_id = $6) and ($7::text is null or objection_id = $7)
order by day, worker_id, entered_at, objection_id

-- Notes that days are being matched from now on, and says which marks they have: before anything is read, in the same order as
-- who marks them, so that neither waits for the other.
-- $1 text town · $2 text[] workers · $3 date[] local days, one a worker
-- row: worker_id text, day date, touched uuid
-- index: stale_days_pk
-- scope: none, matching again runs for the system
with due as materialized (
  select marks.worker_id, marks.day, marks.touched, marks.is_being_matched
  from wangge.stale_days marks
  where town_id = $1
    and (worker_id, day) in (select worker_id, day from unnest($2::text[], $3::date[]) as given (worker_id, day))
  order by marks.worker_id, marks.day
  for update
),
begun as (
  update wangge.stale_days marks
  set is_being_matched = true
  from due
  where marks.town_id = $1
    and marks.worker_id = due.worker_id
    and marks.day = due.day
    and not due.is_being_matched
)
select worker_id, day, touched
from due
order by worker_id, day

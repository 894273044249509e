-- Takes the marks off days that were matched, unless they were touched meanwhile or somebody else took them off; says which.
-- $1 text town · $2 text[] workers · $3 date[] local days, one a worker · $4 integer[] how often each was touched before
-- row: worker_id text, day date
-- index: stale_days_pk
-- scope: none, matching again runs for the system
with due as materialized (
  select marks.worker_id, marks.day
  from wangge.stale_days marks
  join unnest($2::text[], $3::date[], $4::integer[]) as given (worker_id, day, touched) using (worker_id, day, touched)
  where marks.town_id = $1
  order by marks.worker_id, marks.day
  for update of marks
)
delete from wangge.stale_days marks
using due
where marks.town_id = $1 and marks.worker_id = due.worker_id and marks.day = due.day
returning marks.worker_id, marks.day

-- Takes the marks off days that were matched, where they are the ones the matching began with; says on which days a mark stood, that one
-- or another. Held until the transaction ends, so that of two who matched a day one writes after the other.
-- $1 text town · $2 text[] workers · $3 date[] local days, one a worker · $4 uuid[] the marks
-- row: worker_id text, day date
-- index: stale_days_pk
-- scope: none, matching again runs for the system
with standing as materialized (
  select marks.worker_id, marks.day, marks.touched = given.touched as is_same
  from wangge.stale_days marks
  join unnest($2::text[], $3::date[], $4::uuid[]) as given (worker_id, day, touched) using (worker_id, day)
  where marks.town_id = $1
  order by marks.worker_id, marks.day
  for update of marks
),
taken as (
  delete from wangge.stale_days marks
  using standing
  where marks.town_id = $1 and marks.worker_id = standing.worker_id and marks.day = standing.day and standing.is_same
)
select worker_id, day
from standing

-- Removes what days of workers amounted to, before the new results are written.
-- $1 text town · $2 text[] workers · $3 date[] local days, one a worker · $4 text[] codes of evidence that a day gives by itself
-- row: days integer
-- index: patrol_days_pk, traces_pk, drawn_days_pk, passes_pk, ground_passes_pk, day_sketches_pk, evidence_day
-- scope: none, matching again runs for the system
with given as materialized (
  select worker_id, day from unnest($2::text[], $3::date[]) as given (worker_id, day)
),
patrol_days as (
  delete from wangge.patrol_days r using given
  where r.town_id = $1 and r.worker_id = given.worker_id and r.day = given.day
),
traces as (
  delete from wangge.traces r using given
  where r.town_id = $1 and r.worker_id = given.worker_id and r.day = given.day
),
drawn_days as (
  delete from wangge.drawn_days r using given
  where r.town_id = $1 and r.worker_id = given.worker_id and r.day = given.day
),
passes as (
  delete from wangge.passes r using given
  where r.town_id = $1 and r.worker_id = given.worker_id and r.day = given.day
),
ground_passes as (
  delete from wangge.ground_passes r using given
  where r.town_id = $1 and r.worker_id = given.worker_id and r.day = given.day
),
day_sketches as (
  delete from wangge.day_sketches r using given
  where r.town_id = $1 and r.worker_id = given.worker_id and r.day = given.day
),
evidence as (
  delete from wangge.evidence r using given
  where r.town_id = $1 and r.worker_id = given.worker_id and r.day = given.day and r.code = any ($4)
)
select count(*)::integer as days from given

-- Adds or changes visits.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: visits_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, visit_id text, worker_id text, household_id text, place_id text, visited_from timestamptz, visited_to timestamptz, evidence text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.visits on visits.town_id = incoming.town_id and visits.visit_id = incoming.visit_id
),
written as (
  insert into wangge.visits (town_id, visit_id, worker_id, household_id, place_id, visited_from, visited_to, evidence)
  select town_id, visit_id, worker_id, household_id, place_id, visited_from, visited_to, evidence
  from incoming
  on conflict (town_id, visit_id) do update set
      worker_id = excluded.worker_id,
      household_id = excluded.household_id,
      place_id = excluded.place_id,
      visited_from = excluded.visited_from,
      visited_to = excluded.visited_to,
      evidence = excluded.evidence
    where (visits.worker_id, visits.household_id, visits.place_id, visits.visited_from, visits.visited_to, visits.evidence) is distinct from (excluded.worker_id, excluded.household_id, excluded.place_id, excluded.visited_from, excluded.visited_to, excluded.evidence)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

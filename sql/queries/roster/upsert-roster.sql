-- Adds or changes entries of the roster. Intervals of one household must not overlap, also with what stands there.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: roster_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, household_id text, worker_id text, valid_from timestamptz, valid_to timestamptz)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.roster on roster.town_id = incoming.town_id and roster.household_id = incoming.household_id and roster.valid_from = incoming.valid_from
),
written as (
  insert into wangge.roster (town_id, household_id, worker_id, valid_from, valid_to)
  select town_id, household_id, worker_id, valid_from, valid_to
  from incoming
  on conflict (town_id, household_id, valid_from) do update set
      worker_id = excluded.worker_id,
      valid_to = excluded.valid_to
    where (roster.worker_id, roster.valid_to) is distinct from (excluded.worker_id, excluded.valid_to)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

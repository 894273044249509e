-- Adds or changes assignments. Intervals of one worker, grid and role must not overlap, also with what stands there.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: assignments_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, worker_id text, grid_code text, role text, valid_from timestamptz, valid_to timestamptz)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.assignments on assignments.town_id = incoming.town_id and assignments.worker_id = incoming.worker_id and assignments.grid_code = incoming.grid_code and assignments.role = incoming.role and assignments.valid_from = incoming.valid_from
),
written as (
  insert into wangge.assignments (town_id, worker_id, grid_code, role, valid_from, valid_to)
  select town_id, worker_id, grid_code, role, valid_from, valid_to
  from incoming
  on conflict (town_id, worker_id, grid_code, role, valid_from) do update set
      valid_to = excluded.valid_to
    where assignments.valid_to is distinct from excluded.valid_to
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

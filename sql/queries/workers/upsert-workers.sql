-- Adds or changes workers.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: workers_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, worker_id text, name text, phone text, role text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.workers on workers.town_id = incoming.town_id and workers.worker_id = incoming.worker_id
),
written as (
  insert into wangge.workers (town_id, worker_id, name, phone, role)
  select town_id, worker_id, name, phone, role
  from incoming
  on conflict (town_id, worker_id) do update set
      name = excluded.name,
      phone = excluded.phone,
      role = excluded.role
    where (workers.name, workers.phone, workers.role) is distinct from (excluded.name, excluded.phone, excluded.role)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

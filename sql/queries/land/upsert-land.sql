-- Adds or changes water and green land.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: land_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, land_id text, kind text, name text, boundary text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.land on land.town_id = incoming.town_id and land.land_id = incoming.land_id
),
written as (
  insert into wangge.land (town_id, land_id, kind, name, boundary)
  select town_id, land_id, kind, name, boundary::geometry
  from incoming
  on conflict (town_id, land_id) do update set
      kind = excluded.kind,
      name = excluded.name,
      boundary = excluded.boundary
    where (land.kind, land.name, land.boundary) is distinct from (excluded.kind, excluded.name, excluded.boundary)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

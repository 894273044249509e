-- Adds or changes natural villages.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: villages_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, village_id text, village_code text, name text, boundary text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.villages on villages.town_id = incoming.town_id and villages.village_id = incoming.village_id
),
written as (
  insert into wangge.villages (town_id, village_id, village_code, name, boundary)
  select town_id, village_id, village_code, name, boundary::geometry
  from incoming
  on conflict (town_id, village_id) do update set
      village_code = excluded.village_code,
      name = excluded.name,
      boundary = excluded.boundary
    where (villages.village_code, villages.name, villages.boundary) is distinct from (excluded.village_code, excluded.name, excluded.boundary)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

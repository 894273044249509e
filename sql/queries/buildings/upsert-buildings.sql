-- Adds or changes buildings.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: buildings_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, building_id text, name text, floors integer, boundary text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.buildings on buildings.town_id = incoming.town_id and buildings.building_id = incoming.building_id
),
written as (
  insert into wangge.buildings (town_id, building_id, name, floors, boundary)
  select town_id, building_id, name, floors, boundary::geometry
  from incoming
  on conflict (town_id, building_id) do update set
      name = excluded.name,
      floors = excluded.floors,
      boundary = excluded.boundary
    where (buildings.name, buildings.floors, buildings.boundary) is distinct from (excluded.name, excluded.floors, excluded.boundary)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

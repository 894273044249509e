-- Adds or changes places.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: places_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, place_id text, kind text, name text, address text, is_key boolean, position text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.places on places.town_id = incoming.town_id and places.place_id = incoming.place_id
),
written as (
  insert into wangge.places (town_id, place_id, kind, name, address, is_key, position)
  select town_id, place_id, kind, name, address, is_key, position::geometry
  from incoming
  on conflict (town_id, place_id) do update set
      kind = excluded.kind,
      name = excluded.name,
      address = excluded.address,
      is_key = excluded.is_key,
      position = excluded.position
    where (places.kind, places.name, places.address, places.is_key, places.position) is distinct from (excluded.kind, excluded.name, excluded.address, excluded.is_key, excluded.position)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

-- Adds or changes roads.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: roads_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, road_id text, name text, class text, path text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.roads on roads.town_id = incoming.town_id and roads.road_id = incoming.road_id
),
written as (
  insert into wangge.roads (town_id, road_id, name, class, path)
  select town_id, road_id, name, class, path::geometry
  from incoming
  on conflict (town_id, road_id) do update set
      name = excluded.name,
      class = excluded.class,
      path = excluded.path
    where (roads.name, roads.class, roads.path) is distinct from (excluded.name, excluded.class, excluded.path)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

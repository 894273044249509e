-- Adds or changes areas; parents before children.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: areas_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (area_code text, parent_code text, level text, name text, town_id text, lineage text[], boundary text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.areas on areas.area_code = incoming.area_code
),
written as (
  insert into wangge.areas (area_code, parent_code, level, name, town_id, lineage, boundary)
  select area_code, parent_code, level, name, town_id, lineage, boundary::geometry
  from incoming
  on conflict (area_code) do update set
      parent_code = excluded.parent_code,
      level = excluded.level,
      name = excluded.name,
      town_id = excluded.town_id,
      lineage = excluded.lineage,
      boundary = excluded.boundary
    where (areas.parent_code, areas.level, areas.name, areas.town_id, areas.lineage, areas.boundary) is distinct from (excluded.parent_code, excluded.level, excluded.name, excluded.town_id, excluded.lineage, excluded.boundary)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

-- Adds or changes versions of grids. Intervals of one grid must not overlap, also with what stands there.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone. One that is changed
-- is kept in the history as it was believed until the `recorded_from` given.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: grids_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, grid_code text, valid_from timestamptz, valid_to timestamptz, village_code text, parent_code text, kind text, name text, boundary text, recorded_from timestamptz)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.grids on grids.town_id = incoming.town_id and grids.grid_code = incoming.grid_code and grids.valid_from = incoming.valid_from
),
believed as (
  insert into wangge.grids_history (town_id, grid_code, valid_from, valid_to, village_code, parent_code, kind, name, boundary,
    recorded_from, recorded_to, became)
  select g.town_id, g.grid_code, g.valid_from, g.valid_to, g.village_code, g.parent_code, g.kind, g.name, g.boundary,
    g.recorded_from, i.recorded_from, 'corrected'
  from wangge.grids g
  join incoming i on i.town_id = g.town_id and i.grid_code = g.grid_code and i.valid_from = g.valid_from
  where g.recorded_from < i.recorded_from
    and (g.valid_to, g.village_code, g.parent_code, g.kind, g.name, g.boundary)
      is distinct from (i.valid_to, i.village_code, i.parent_code, i.kind, i.name, i.boundary::geometry)
),
written as (
  insert into wangge.grids (town_id, grid_code, valid_from, valid_to, village_code, parent_code, kind, name, boundary, recorded_from)
  select town_id, grid_code, valid_from, valid_to, village_code, parent_code, kind, name, boundary::geometry, recorded_from
  from incoming
  on conflict (town_id, grid_code, valid_from) do update set
      valid_to = excluded.valid_to,
      village_code = excluded.village_code,
      parent_code = excluded.parent_code,
      kind = excluded.kind,
      name = excluded.name,
      boundary = excluded.boundary,
      recorded_from = excluded.recorded_from
    where (grids.valid_to, grids.village_code, grids.parent_code, grids.kind, grids.name, grids.boundary) is distinct from (excluded.valid_to, excluded.village_code, excluded.parent_code, excluded.kind, excluded.name, excluded.boundary)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

-- Adds or changes incidents.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: incidents_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, incident_id text, category text, severity text, occurred_at timestamptz, status text, description text, declared_grid_code text, position text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.incidents on incidents.town_id = incoming.town_id and incidents.incident_id = incoming.incident_id
),
written as (
  insert into wangge.incidents (town_id, incident_id, category, severity, occurred_at, status, description, declared_grid_code, position)
  select town_id, incident_id, category, severity, occurred_at, status, description, declared_grid_code, position::geometry
  from incoming
  on conflict (town_id, incident_id) do update set
      category = excluded.category,
      severity = excluded.severity,
      occurred_at = excluded.occurred_at,
      status = excluded.status,
      description = excluded.description,
      declared_grid_code = excluded.declared_grid_code,
      position = excluded.position,
      -- Where it is shown is decided anew where that may be elsewhere (commands/privacy).
      shown_position = case
        when incidents.position = excluded.position and incidents.category = excluded.category then incidents.shown_position end,
      shown_under = null
    where (incidents.category, incidents.severity, incidents.occurred_at, incidents.status, incidents.description, incidents.declared_grid_code, incidents.position) is distinct from (excluded.category, excluded.severity, excluded.occurred_at, excluded.status, excluded.description, excluded.declared_grid_code, excluded.position)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

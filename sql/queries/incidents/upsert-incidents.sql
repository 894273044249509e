-- Adds or changes incidents. A file without the reporter, how to reach them or the words, as our own exports are, leaves those that stand.
-- What has had a step entered here is nobody's to change by a file: it is left alone, too.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: incidents_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with given as (
  select *
  from jsonb_to_recordset($1) as r (town_id text, incident_id text, category text, severity text, occurred_at timestamptz, status text, description text, declared_grid_code text, position text,
    reported_at timestamptz, urgency text, level text, reporter text, reporter_contact text, household_id text, place_id text)
),
incoming as (
  select g.town_id, g.incident_id, g.category, g.severity, g.occurred_at, g.status, coalesce(g.description, i.description) as description,
    g.declared_grid_code, g.position, g.reported_at, g.urgency, g.level, coalesce(g.reporter, i.reporter) as reporter,
    coalesce(g.reporter_contact, i.reporter_contact) as reporter_contact, g.household_id, g.place_id
  from given g
  left join wangge.incidents i on i.town_id = g.town_id and i.incident_id = g.incident_id
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.incidents on incidents.town_id = incoming.town_id and incidents.incident_id = incoming.incident_id
),
written as (
  insert into wangge.incidents (town_id, incident_id, category, severity, occurred_at, status, description, declared_grid_code, position,
    reported_at, urgency, level, reporter, reporter_contact, household_id, place_id)
  select town_id, incident_id, category, severity, occurred_at, status, description, declared_grid_code, position::geometry,
    reported_at, urgency, level, reporter, reporter_contact, household_id, place_id
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
        when incidents.position = excluded.position and incidents.category = excluded.category
          and incidents.household_id is not distinct from excluded.household_id then incidents.shown_position end,
      shown_under = null,
      reported_at = excluded.reported_at,
      urgency = excluded.urgency,
      level = excluded.level,
      reporter = excluded.reporter,
      reporter_contact = excluded.reporter_contact,
      household_id = excluded.household_id,
      place_id = excluded.place_id
    where incidents.revision = 0
      and (incidents.category, incidents.severity, incidents.occurred_at, incidents.status, incidents.description, incidents.declared_grid_code, incidents.position,
        incidents.reported_at, incidents.urgency, incidents.level, incidents.reporter, incidents.reporter_contact, incidents.household_id, incidents.place_id) is distinct from (excluded.category, excluded.severity, excluded.occurred_at, excluded.status, excluded.description, excluded.declared_grid_code, excluded.position,
        excluded.reported_at, excluded.urgency, excluded.level, excluded.reporter, excluded.reporter_contact, excluded.household_id, excluded.place_id)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

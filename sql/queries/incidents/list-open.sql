-- Incidents of an area that may still want something done, with the steps of their life.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- row: town_id, town_lineage text[], incident_id, category, severity, urgency, occurred_at, reported_at or null, status, level or null,
--      description, declared_grid_code, household_id, place_id, entered_by or null, revision, longitude, latitude, grid_code, village_code,
--      events jsonb: the steps in order, instants in epoch milliseconds,
--      has_reporter
-- index: incidents_open, incident_events_pk, grids_boundary
select i.town_id, t.lineage as town_lineage, i.incident_id, i.category, i.severity, i.urgency, i.occurred_at, i.reported_at, i.status, i.level,
  i.description, i.declared_grid_code, i.household_id, i.place_id, i.entered_by, i.revision,
  st_x(i.position) as longitude, st_y(i.position) as latitude, c.grid_code, c.village_code,
  i.reporter is not null or i.reporter_contact is not null as has_reporter,
  coalesce((
    select jsonb_agg(jsonb_build_object('revision', e.revision, 'action', e.action, 'from_state', e.from_state, 'to_state', e.to_state,
      'from_level', e.from_level, 'to_level', e.to_level, 'made_at', round(extract(epoch from e.made_at) * 1000),
      'made_by', e.made_by, 'receipt', e.receipt, 'note', e.note, 'assignee', e.assignee) order by e.revision)
    from wangge.incident_events e
    where e.town_id = i.town_id and e.incident_id = i.incident_id), '[]') as events
from wangge.incidents i
join wangge.areas t on t.area_code = i.town_id
left join lateral (
  select g.grid_code, g.village_code
  from wangge.grids g
  where g.town_id = i.town_id and g.kind <> 'microgrid'
    and g.valid_from <= i.occurred_at and (g.valid_to is null or i.occurred_at < g.valid_to)
    and g.boundary && i.position and st_covers(g.boundary, i.position)
  order by g.grid_code limit 1
) c on true
where ($1::text[] is null or i.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
  and i.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
  and i.status <> 'closed'
order by i.town_id, i.incident_id

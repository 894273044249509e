-- Those of some incidents that may still want something done, with the steps of their life: a page of what waits.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 text[] towns whose private places the viewer sees as they are, null = all; elsewhere they lie where they are shown, without words and people
-- $6 text[] their towns, $7 text[] their ids, in the same order
-- row: town_id, town_lineage text[], incident_id, category, severity, urgency, occurred_at, reported_at or null, status, level or null,
--      description, declared_grid_code, household_id, place_id, entered_by or null, revision, longitude, latitude, grid_code, village_code, is_exact,
--      events jsonb: the steps in order, instants in epoch milliseconds,
--      has_reporter
-- index: incidents_pk, incident_events_pk, grids_boundary
select i.town_id, t.lineage as town_lineage, i.incident_id, i.category, i.severity, i.urgency, i.occurred_at, i.reported_at, i.status, i.level,
  i.description, i.declared_grid_code, i.household_id, i.place_id, i.entered_by, i.revision,
  st_x(i.position) as longitude, st_y(i.position) as latitude, c.grid_code, c.village_code, i.is_exact,
  i.reporter is not null or i.reporter_contact is not null as has_reporter,
  coalesce((
    select jsonb_agg(jsonb_build_object('revision', e.revision, 'action', e.action, 'from_state', e.from_state, 'to_state', e.to_state,
      'from_level', e.from_level, 'to_level', e.to_level, 'made_at', round(extract(epoch from e.made_at) * 1000),
      'made_by', e.made_by, 'receipt', e.receipt, 'note', case when i.is_exact then e.note end, 'assignee', case when i.is_exact then e.assignee end) order by e.revision)
    from wangge.incident_events e
    where e.town_id = i.town_id and e.incident_id = i.incident_id), '[]') as events
from (
  select town_id, incident_id, category, severity, urgency, occurred_at, reported_at, status, level, entered_by, revision, is_exact,
    case when is_exact then description end as description, case when is_exact then declared_grid_code end as declared_grid_code,
    case when is_exact then household_id end as household_id, case when is_exact then place_id end as place_id,
    case when is_exact then reporter end as reporter, case when is_exact then reporter_contact end as reporter_contact,
    seen as position
  from (
    select *, case when $5::text[] is null or town_id = any ($5) then position else shown_position end as seen,
      ($5::text[] is null or town_id = any ($5) or coalesce(shown_position = position, position is null)) as is_exact
    from wangge.incidents
    where (town_id, incident_id) in (select * from unnest($6::text[], $7::text[]))
  ) every
) i
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

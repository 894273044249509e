-- Incidents of an area that may still want something done: as much of each as deadlines and lists go by, nothing that is read or drawn.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 text[] towns whose private places the viewer sees as they are, null = all; elsewhere they lie where they are shown, and nobody is named
-- row: town_id, incident_id, category, urgency, occurred_at, reported_at or null, status, level or null, entered_by or null,
--      steps text: a line a step in their order: action, state and level before (- for none), state and level after, when in epoch
--      milliseconds, whom it was given to or nothing, with a blank between them; null: none was entered
-- index: incidents_open, incident_events_pk
select i.town_id, i.incident_id, i.category, i.urgency, i.occurred_at, i.reported_at, i.status, i.level, i.entered_by,
  case when i.revision > 0 then (
    select string_agg(e.action || ' ' || coalesce(e.from_state, '-') || ' ' || e.from_level || ' ' || e.to_state || ' ' || e.to_level
      || ' ' || floor(extract(epoch from e.made_at) * 1000)::bigint || ' '
      || case when i.is_exact then coalesce(translate(e.assignee, E'\n', ' '), '') else '' end, E'\n' order by e.revision)
    from wangge.incident_events e
    where e.town_id = i.town_id and e.incident_id = i.incident_id) end as steps
from (
  select *, case when $5::text[] is null or town_id = any ($5) then position else shown_position end as seen,
    ($5::text[] is null or town_id = any ($5) or coalesce(shown_position = position, position is null)) as is_exact
  from wangge.incidents
) i
where ($1::text[] is null or i.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = i.town_id and st_covers(v.boundary, i.seen)))
  and i.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = i.town_id and st_covers(v.boundary, i.seen)))
  and i.status <> 'closed'

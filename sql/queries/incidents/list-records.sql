-- Incidents of an area in an interval as analyses need them: where, when and of what kind each was. Cases that a warning opened are left
-- out: they would make the cluster grow that they came from.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 timestamptz from, $6 timestamptz to (half-open)
-- $7 text[] towns whose private places the viewer sees as they are, null = all; elsewhere they lie where they are shown
-- row: incident_id, occurred_at, category, severity or null, status, longitude or null, latitude or null
-- index: incidents_occurred_at, warnings_incident
select i.incident_id, i.occurred_at, i.category, i.severity, i.status,
  st_x(i.position) as longitude, st_y(i.position) as latitude
from (
  select town_id, incident_id, occurred_at, category, severity, status,
    case when $7::text[] is null or town_id = any ($7) then position else shown_position end as position
  from wangge.incidents
) i
where ($1::text[] is null or i.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
  and i.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
  and i.occurred_at >= $5 and i.occurred_at < $6
  and not exists (select from wangge.warnings w where w.town_id = i.town_id and w.incident_id = i.incident_id)
order by i.incident_id collate "C", i.town_id

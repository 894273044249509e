-- A photo of an incident, if the viewer may see the incident.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 text incident; $6 text photo
-- row: media_type, picture bytea
-- index: incident_photos_pk, incidents_pk
select p.media_type, p.picture
from wangge.incident_photos p
join wangge.incidents i on i.town_id = p.town_id and i.incident_id = p.incident_id
where ($1::text[] is null or i.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
  and i.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
  and p.incident_id = $5 and p.photo_id = $6
order by p.town_id
limit 1

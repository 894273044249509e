-- Keeps a photo of an incident; nothing where the same is there, or the incident has as many as it may.
-- $1 text town · $2 text incident · $3 text photo · $4 text media type · $5 bytea the picture · $6 int width · $7 int height
-- $8 timestamptz now · $9 text who · $10 int photos an incident may have
-- row: photo_id
-- index: incident_photos_pk
-- scope: none, the incident was found in the viewer's scope; row-level security stands behind
insert into wangge.incident_photos (town_id, incident_id, photo_id, media_type, picture, width, height, added_at, added_by)
select $1, $2, $3, $4, $5, $6, $7, $8, $9
where (select count(*) from wangge.incident_photos p where p.town_id = $1 and p.incident_id = $2) < $10
on conflict do nothing
returning photo_id

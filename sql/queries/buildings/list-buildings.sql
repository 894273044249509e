-- A page of buildings for an export, ordered by town and id.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer: buildings that touch one of them, null = all
-- $3 text[] page starts after this key (town, id), null = the first; $4 int rows
-- row: key text[], properties jsonb, geometry GeoJSON text
-- index: buildings_pk, areas_pk
select array[b.town_id, b.building_id] as key,
  jsonb_build_object('id', b.building_id, 'name', b.name, 'floors', b.floors, 'town', b.town_id) as properties,
  st_asgeojson(b.boundary, 9) as geometry
from wangge.buildings b
where ($1::text[] is null or b.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = b.town_id and st_intersects(v.boundary, b.boundary)))
  and ($3::text[] is null or (b.town_id, b.building_id) > (($3)[1], ($3)[2]))
order by b.town_id, b.building_id
limit $4

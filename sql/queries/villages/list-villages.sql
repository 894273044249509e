-- A page of natural villages for an export, ordered by town and id.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] page starts after this key (town, id), null = the first; $4 int rows
-- row: key text[], properties jsonb, geometry GeoJSON text
-- index: villages_pk
select array[v.town_id, v.village_id] as key,
  jsonb_build_object('id', v.village_id, 'name', v.name, 'village', v.village_code, 'town', v.town_id) as properties,
  st_asgeojson(v.boundary, 9) as geometry
from wangge.villages v
where ($1::text[] is null or v.town_id = any ($1)) and ($2::text[] is null or v.village_code = any ($2))
  and ($3::text[] is null or (v.town_id, v.village_id) > (($3)[1], ($3)[2]))
order by v.town_id, v.village_id
limit $4

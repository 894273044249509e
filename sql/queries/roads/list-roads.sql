-- A page of streets, railways and banks for an export, ordered by town and id.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer: roads that touch one of them, null = all
-- $3 text[] page starts after this key (town, id), null = the first; $4 int rows
-- row: key text[], properties jsonb, geometry GeoJSON text
-- index: roads_pk, areas_pk
select array[r.town_id, r.road_id] as key,
  jsonb_build_object('id', r.road_id, 'name', r.name, 'class', r.class, 'town', r.town_id) as properties,
  st_asgeojson(r.path, 9) as geometry
from wangge.roads r
where ($1::text[] is null or r.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = r.town_id and st_intersects(v.boundary, r.path)))
  and ($3::text[] is null or (r.town_id, r.road_id) > (($3)[1], ($3)[2]))
order by r.town_id, r.road_id
limit $4

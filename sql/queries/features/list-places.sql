-- A page of places (重点场所 and others) for OGC API – Features, ordered by town and id, and how many there are in all.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] west, south, east, north in degrees, and a second box across the antimeridian; null = everywhere
-- $4 jsonb equality filters: town
-- $5 text[] page starts after this key (town, id), null = the first; $6 int rows; $7 text[] only this key, null = all
-- $8 timestamptz from: unused, a place has no time; $9 timestamptz the moment whose grids count
-- A filter stands where `true` is marked as its place, over the columns there, its values after these parameters (db/feature-filter.ts)
-- row: key text[], properties jsonb, geometry GeoJSON text, matched int in all; one row with key null when the page is empty
-- index: places_pk, places_position, grids_boundary
with boxes as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as one,
    st_makeenvelope(($3)[5], ($3)[6], ($3)[7], ($3)[8], 4326) as other
),
matched as not materialized (
  select p.town_id, p.place_id, p.kind, p.name, p.address, p.is_key, p.position,
    (select g.grid_code from wangge.grids g
     where g.town_id = p.town_id and g.kind <> 'microgrid' and g.valid_from <= $9 and (g.valid_to is null or $9 < g.valid_to)
       and g.boundary && p.position and st_covers(g.boundary, p.position)
     order by g.grid_code limit 1) as grid_code
  from wangge.places p
  where ($1::text[] is null or p.town_id = any ($1))
    and ($2::text[] is null or exists (
      select from wangge.areas v where v.area_code = any ($2) and v.town_id = p.town_id and st_covers(v.boundary, p.position)))
    and ($3::double precision[] is null
      or st_intersects(p.position, (select one from boxes)) or st_intersects(p.position, (select other from boxes)))
    and ($4::jsonb->>'town' is null or p.town_id = $4::jsonb->>'town')
    and ($7::text[] is null or p.town_id = ($7)[1] and p.place_id = ($7)[2])
    and ($8::timestamptz is null or true)
),
chosen as not materialized (
  select * from matched where (true /* filter */)
),
page as materialized (
  select * from chosen
  where $5::text[] is null or (town_id, place_id) > (($5)[1], ($5)[2])
  order by town_id, place_id
  limit $6
)
select case when p.town_id is not null then array[p.town_id, p.place_id] end as key,
  jsonb_build_object('id', p.place_id, 'town', p.town_id, 'grid', p.grid_code, 'kind', p.kind, 'name', p.name,
    'address', p.address, 'is_key', p.is_key) as properties,
  st_asgeojson(p.position, 9) as geometry, m.matched
from (select count(*)::int as matched from chosen) m
left join page p on true
order by p.town_id, p.place_id

-- A page of administrative areas for OGC API – Features, ordered by code, and how many there are in all.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] west, south, east, north in degrees, and a second box across the antimeridian; null = everywhere
-- $4 jsonb equality filters: town
-- $5 text[] page starts after this key (code), null = the first; $6 int rows; $7 text[] only this key, null = all
-- $8 timestamptz from, $9 timestamptz to: unused, an area has no time
-- A filter stands where `true` is marked as its place, over the columns there, its values after these parameters (db/feature-filter.ts)
-- row: key text[], properties jsonb, geometry GeoJSON text, matched int in all; one row with key null when the page is empty
-- index: areas_pk, areas_boundary
with boxes as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as one,
    st_makeenvelope(($3)[5], ($3)[6], ($3)[7], ($3)[8], 4326) as other
),
matched as not materialized (
  select a.area_code, a.parent_code, a.level, a.name, a.town_id, a.boundary
  from wangge.areas a
  where case when a.level = 'county'
      then $1::text[] is null
        or exists (select from wangge.areas t where t.area_code = any ($1) and t.lineage @> array[a.area_code])
      else ($1::text[] is null or a.town_id = any ($1)) and ($2::text[] is null or a.level = 'township' or a.area_code = any ($2))
    end
    and ($3::double precision[] is null
      or (a.boundary && (select one from boxes) and st_intersects(a.boundary, (select one from boxes)))
      or (a.boundary && (select other from boxes) and st_intersects(a.boundary, (select other from boxes))))
    and ($4::jsonb->>'town' is null or a.town_id = $4::jsonb->>'town')
    and ($7::text[] is null or a.area_code = ($7)[1])
    and ($8::timestamptz is null or true) and ($9::timestamptz is null or true)
),
chosen as not materialized (
  select * from matched where (true /* filter */)
),
page as materialized (
  select * from chosen
  where $5::text[] is null or area_code > ($5)[1]
  order by area_code
  limit $6
)
select case when p.area_code is not null then array[p.area_code] end as key,
  jsonb_build_object('code', p.area_code, 'name', p.name, 'level', p.level, 'parent', p.parent_code, 'town', p.town_id) as properties,
  st_asgeojson(p.boundary, 9) as geometry, m.matched
from (select count(*)::int as matched from chosen) m
left join page p on true
order by p.area_code

-- A page of grid versions for OGC API – Features, ordered by town, code and start, and how many there are in all.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] west, south, east, north in degrees, and a second box across the antimeridian; null = everywhere
-- $4 jsonb equality filters: town
-- $5 text[] page starts after this key (town, code, start), null = the first; $6 int rows; $7 text[] only this key, null = all
-- $8 timestamptz from, $9 timestamptz to, both included, null = open: versions in force at any moment between
-- A filter stands where `true` is marked as its place, over the columns there, its values after these parameters (db/feature-filter.ts)
-- row: key text[], properties jsonb, geometry GeoJSON text, matched int in all; one row with key null when the page is empty
-- index: grids_pk, grids_boundary
with boxes as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as one,
    st_makeenvelope(($3)[5], ($3)[6], ($3)[7], ($3)[8], 4326) as other
),
matched as not materialized (
  select g.town_id, g.grid_code, g.valid_from, g.valid_to, g.village_code, g.parent_code, g.kind, g.name, g.boundary
  from wangge.grids g
  where ($1::text[] is null or g.town_id = any ($1)) and ($2::text[] is null or g.village_code = any ($2))
    and ($3::double precision[] is null
      or (g.boundary && (select one from boxes) and st_intersects(g.boundary, (select one from boxes)))
      or (g.boundary && (select other from boxes) and st_intersects(g.boundary, (select other from boxes))))
    and ($4::jsonb->>'town' is null or g.town_id = $4::jsonb->>'town')
    and ($7::text[] is null or g.town_id = ($7)[1] and g.grid_code = ($7)[2]
      and (cardinality($7) = 2 or g.valid_from = ($7)[3]::timestamptz))
    and ($9::timestamptz is null or g.valid_from <= $9) and ($8::timestamptz is null or g.valid_to is null or $8 < g.valid_to)
),
chosen as not materialized (
  select * from matched where (true /* filter */)
),
page as materialized (
  select * from chosen
  where $5::text[] is null or (town_id, grid_code, valid_from) > (($5)[1], ($5)[2], ($5)[3]::timestamptz)
  order by town_id, grid_code, valid_from
  limit $6
)
select case when p.town_id is not null then array[p.town_id, p.grid_code,
    to_char(p.valid_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')] end as key,
  jsonb_build_object('code', p.grid_code, 'name', p.name, 'kind', p.kind, 'village', p.village_code, 'parent', p.parent_code,
    'town', p.town_id,
    'valid_from', to_char(p.valid_from at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'valid_to', to_char(p.valid_to at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'area_m2', round(st_area(p.boundary::geography)::numeric, 1)) as properties,
  st_asgeojson(p.boundary, 9) as geometry, m.matched
from (select count(*)::int as matched from chosen) m
left join page p on true
order by p.town_id, p.grid_code, p.valid_from

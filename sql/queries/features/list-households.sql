-- A page of households for OGC API – Features, ordered by town and id, and how many there are in all.
-- Head and address are personal data: the caller masks them.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] west, south, east, north in degrees, and a second box across the antimeridian; null = everywhere
-- $4 jsonb equality filters: town
-- $5 text[] page starts after this key (town, id), null = the first; $6 int rows; $7 text[] only this key, null = all
-- $8 timestamptz from: unused, a household has no time; $9 timestamptz the moment whose grids count
-- $10 text[] towns whose households the viewer may see, null = all
-- A filter stands where `true` is marked as its place, over the columns there, its values after these parameters (db/feature-filter.ts)
-- row: key text[], properties jsonb, geometry GeoJSON text, matched int in all; one row with key null when the page is empty
-- index: households_pk, households_position, grids_boundary
with boxes as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as one,
    st_makeenvelope(($3)[5], ($3)[6], ($3)[7], ($3)[8], 4326) as other
),
matched as not materialized (
  select h.town_id, h.household_id, h.village_code, h.head, h.address, h.members, h.categories, h.must_visit, h.position,
    (select g.grid_code from wangge.grids g
     where g.town_id = h.town_id and g.kind <> 'microgrid' and g.valid_from <= $9 and (g.valid_to is null or $9 < g.valid_to)
       and g.boundary && h.position and st_covers(g.boundary, h.position)
     order by g.grid_code limit 1) as grid_code
  from wangge.households h
  where ($10::text[] is null or h.town_id = any ($10)) and ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
    and ($3::double precision[] is null
      or st_intersects(h.position, (select one from boxes)) or st_intersects(h.position, (select other from boxes)))
    and ($4::jsonb->>'town' is null or h.town_id = $4::jsonb->>'town')
    and ($7::text[] is null or h.town_id = ($7)[1] and h.household_id = ($7)[2])
    and ($8::timestamptz is null or true)
),
chosen as not materialized (
  select * from matched where (true /* filter */)
),
page as materialized (
  select * from chosen
  where $5::text[] is null or (town_id, household_id) > (($5)[1], ($5)[2])
  order by town_id, household_id
  limit $6
)
select case when p.town_id is not null then array[p.town_id, p.household_id] end as key,
  jsonb_build_object('id', p.household_id, 'town', p.town_id, 'village', p.village_code, 'grid', p.grid_code,
    'head', p.head, 'address', p.address, 'members', p.members,
    'categories', array_to_string(p.categories, ','), 'must_visit', p.must_visit) as properties,
  st_asgeojson(p.position, 9) as geometry, m.matched
from (select count(*)::int as matched from chosen) m
left join page p on true
order by p.town_id, p.household_id

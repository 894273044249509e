-- A page of incidents for OGC API – Features, ordered by town and id, and how many there are in all.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] west, south, east, north in degrees, and a second box across the antimeridian; null = everywhere
-- $4 jsonb equality filters: town
-- $5 text[] page starts after this key (town, id), null = the first; $6 int rows; $7 text[] only this key, null = all
-- $8 timestamptz from, $9 timestamptz to, both included, null = open
-- $10 text[] towns whose private places the viewer sees as they are, null = all; elsewhere they lie where they are shown
-- A filter stands where `true` is marked as its place, over the columns there, its values after these parameters (db/feature-filter.ts)
-- row: key text[], properties jsonb, geometry GeoJSON text or null, matched int in all; one row with key null when the page is empty
-- index: incidents_pk, incidents_position, grids_boundary
with boxes as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as one,
    st_makeenvelope(($3)[5], ($3)[6], ($3)[7], ($3)[8], 4326) as other
),
matched as not materialized (
  select i.town_id, i.incident_id, i.category, i.severity, i.occurred_at, i.status, i.position, i.is_exact,
    i.urgency, i.level, i.reported_at,
    case when i.is_exact then i.declared_grid_code end as declared_grid_code,
    case when i.is_exact then i.household_id end as household_id,
    case when i.is_exact then i.place_id end as place_id,
    (select g.grid_code from wangge.grids g
     where g.town_id = i.town_id and g.kind <> 'microgrid'
       and g.valid_from <= i.occurred_at and (g.valid_to is null or i.occurred_at < g.valid_to)
       and g.boundary && i.position and st_covers(g.boundary, i.position)
     order by g.grid_code limit 1) as grid_code
  from (
    select town_id, incident_id, category, severity, occurred_at, status, declared_grid_code, urgency, level, reported_at,
      household_id, place_id,
      case when $10::text[] is null or town_id = any ($10) then position else shown_position end as position,
      ($10::text[] is null or town_id = any ($10) or coalesce(shown_position = position, position is null)) as is_exact
    from wangge.incidents
  ) i
  where ($1::text[] is null or i.town_id = any ($1))
    and ($2::text[] is null or exists (
      select from wangge.areas v where v.area_code = any ($2) and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
    and ($3::double precision[] is null
      or st_intersects(i.position, (select one from boxes)) or st_intersects(i.position, (select other from boxes)))
    and ($4::jsonb->>'town' is null or i.town_id = $4::jsonb->>'town')
    and ($7::text[] is null or i.town_id = ($7)[1] and i.incident_id = ($7)[2])
    and ($8::timestamptz is null or $8 <= i.occurred_at) and ($9::timestamptz is null or i.occurred_at <= $9)
),
chosen as not materialized (
  select * from matched where (true /* filter */)
),
page as materialized (
  select * from chosen
  where $5::text[] is null or (town_id, incident_id) > (($5)[1], ($5)[2])
  order by town_id, incident_id
  limit $6
)
select case when p.town_id is not null then array[p.town_id, p.incident_id] end as key,
  jsonb_build_object('id', p.incident_id, 'town', p.town_id, 'grid', p.grid_code, 'declared_grid', p.declared_grid_code,
    'category', p.category, 'severity', p.severity, 'status', p.status, 'urgency', p.urgency, 'held_by', p.level,
    'household', p.household_id, 'place', p.place_id, 'approximate', not p.is_exact,
    'reported_at', to_char(p.reported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'occurred_at', to_char(p.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as properties,
  st_asgeojson(p.position, 9) as geometry, m.matched
from (select count(*)::int as matched from chosen) m
left join page p on true
order by p.town_id, p.incident_id

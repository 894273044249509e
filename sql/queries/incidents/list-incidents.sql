-- Incidents of an area in an interval, newest first, in pages, each with the grid that covered it at its moment.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 timestamptz from, $6 timestamptz to (half-open); $7 text category, null = all; $8 text grid, null = all
-- $9 double precision[] west, south, east, north in degrees, null = everywhere
-- $10 timestamptz, $11 text, $12 text moment, town and id after which the page starts, null = the first; $13 int rows
-- $14 text[] towns whose private places the viewer sees as they are, null = all; elsewhere they lie where they are shown, without words
-- row: town_id, incident_id, category, severity, occurred_at, status, description, declared_grid_code, longitude, latitude, grid_code,
--      moment text (occurred_at to the microsecond, for $10), is_exact boolean
-- index: incidents_occurred_at, grids_boundary; of a grid incidents_position, grids_pk
select i.town_id, i.incident_id, i.category, i.severity, i.occurred_at, i.status,
  case when i.is_exact then i.description end as description, case when i.is_exact then i.declared_grid_code end as declared_grid_code,
  st_x(i.position) as longitude, st_y(i.position) as latitude, c.grid_code,
  i.occurred_at::text as moment, i.is_exact
from (
  select town_id, incident_id, category, severity, occurred_at, status, description, declared_grid_code,
    case when $14::text[] is null or town_id = any ($14) then position else shown_position end as position,
    ($14::text[] is null or town_id = any ($14) or coalesce(shown_position = position, position is null)) as is_exact
  from wangge.incidents
) i
left join lateral (
  select g.grid_code
  from wangge.grids g
  where g.town_id = i.town_id and g.kind <> 'microgrid'
    and g.valid_from <= i.occurred_at and (g.valid_to is null or i.occurred_at < g.valid_to)
    and g.boundary && i.position and st_covers(g.boundary, i.position)
  order by g.grid_code limit 1
) c on true
where ($1::text[] is null or i.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
  and i.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
  and i.occurred_at >= $5 and i.occurred_at < $6
  and ($7::text is null or i.category = $7)
  -- The box about the grid first: in which grid each of 200,000 incidents lay would take seconds.
  and ($8::text is null or i.position && (
    select st_setsrid(st_extent(g.boundary)::geometry, 4326) from wangge.grids g where g.town_id = any ($3) and g.grid_code = $8))
  and ($8::text is null or c.grid_code = $8)
  and ($9::double precision[] is null or i.position && st_makeenvelope(($9)[1], ($9)[2], ($9)[3], ($9)[4], 4326))
  and ($10::timestamptz is null or (i.occurred_at, i.town_id, i.incident_id) < ($10, $11, $12))
order by i.occurred_at desc, i.town_id desc, i.incident_id desc
limit $13

-- How many households live in each grid whose label lies in one tile.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the tile with its buffer, west, south, east, north in degrees; $4 double precision[] the same in metres of EPSG:3857
-- $5 double precision[] scale, dx, dy: metres of EPSG:3857 to units of the tile (y down)
-- $6 timestamptz the moment
-- row: code, households, shape (WKB point, where the grid has its label)
-- index: grids_boundary, households_position
with t as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as box,
    st_makeenvelope(($4::double precision[])[1], ($4)[2], ($4)[3], ($4)[4], 3857)::box2d as clip,
    ($5::double precision[])[1] as scale, ($5)[2] as dx, ($5)[3] as dy
)
select g.grid_code as code,
  (select count(*)::int from wangge.households h
   where h.town_id = g.town_id and h.position && g.boundary and st_covers(g.boundary, h.position)) as households,
  st_asbinary(st_snaptogrid(st_affine(st_transform(g.label, 3857), t.scale, 0, 0, -t.scale, t.dx, t.dy), 1)) as shape
from t
join (
  select town_id, grid_code, village_code, kind, valid_from, valid_to, boundary, st_pointonsurface(boundary) as label
  from wangge.grids, t
  where boundary && t.box
) g on g.label && t.box
where ($1::text[] is null or g.town_id = any ($1)) and ($2::text[] is null or g.village_code = any ($2))
  and g.kind <> 'microgrid' and g.valid_from <= $6 and (g.valid_to is null or $6 < g.valid_to)
order by g.town_id, g.grid_code

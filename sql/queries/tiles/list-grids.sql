-- Grids of one tile, clipped and in units of the tile.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the tile with its buffer, west, south, east, north in degrees; $4 double precision[] the same in metres of EPSG:3857
-- $5 double precision[] scale, dx, dy: metres of EPSG:3857 to units of the tile (y down)
-- $6 timestamptz the moment
-- row: code, name, kind, village, parent, shape (WKB), label_shape (WKB point or null: inside the tile without buffer once per grid)
-- index: grids_boundary
with t as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as box,
    st_makeenvelope(($4::double precision[])[1], ($4)[2], ($4)[3], ($4)[4], 3857)::box2d as clip,
    ($5::double precision[])[1] as scale, ($5)[2] as dx, ($5)[3] as dy
)
select g.grid_code as code, g.name, g.kind, g.village_code as village, g.parent_code as parent,
  st_asbinary(st_snaptogrid(st_affine(st_clipbybox2d(st_transform(g.boundary, 3857), t.clip), t.scale, 0, 0, -t.scale, t.dx, t.dy), 1)) as shape,
  st_asbinary(st_snaptogrid(st_affine(st_transform(st_pointonsurface(g.boundary), 3857), t.scale, 0, 0, -t.scale, t.dx, t.dy), 1)) as label_shape
from t
join wangge.grids g on g.boundary && t.box
where ($1::text[] is null or g.town_id = any ($1)) and ($2::text[] is null or g.village_code = any ($2))
  and g.valid_from <= $6 and (g.valid_to is null or $6 < g.valid_to)
order by g.town_id, g.grid_code

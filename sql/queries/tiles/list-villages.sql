-- Natural villages of one tile, clipped and in units of the tile.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the tile with its buffer, west, south, east, north in degrees; $4 double precision[] the same in metres of EPSG:3857
-- $5 double precision[] scale, dx, dy: metres of EPSG:3857 to units of the tile (y down)
-- row: id, name, shape (WKB), label_shape (WKB point)
-- index: villages_boundary
with t as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as box,
    st_makeenvelope(($4::double precision[])[1], ($4)[2], ($4)[3], ($4)[4], 3857)::box2d as clip,
    ($5::double precision[])[1] as scale, ($5)[2] as dx, ($5)[3] as dy
)
select v.village_id as id, v.name,
  st_asbinary(st_snaptogrid(st_affine(st_clipbybox2d(st_transform(v.boundary, 3857), t.clip), t.scale, 0, 0, -t.scale, t.dx, t.dy), 1)) as shape,
  st_asbinary(st_snaptogrid(st_affine(st_transform(st_pointonsurface(v.boundary), 3857), t.scale, 0, 0, -t.scale, t.dx, t.dy), 1)) as label_shape
from t
join wangge.villages v on v.boundary && t.box
where ($1::text[] is null or v.town_id = any ($1)) and ($2::text[] is null or v.village_code = any ($2))
order by v.town_id, v.village_id

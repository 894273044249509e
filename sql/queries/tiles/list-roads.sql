-- Roads of one tile, clipped and in units of the tile.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the tile with its buffer, west, south, east, north in degrees; $4 double precision[] the same in metres of EPSG:3857
-- $5 double precision[] scale, dx, dy: metres of EPSG:3857 to units of the tile (y down)
-- $6 text[] classes shown at this zoom, null = all
-- row: name, class, shape (WKB)
-- index: roads_path
with t as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as box,
    st_makeenvelope(($4::double precision[])[1], ($4)[2], ($4)[3], ($4)[4], 3857)::box2d as clip,
    ($5::double precision[])[1] as scale, ($5)[2] as dx, ($5)[3] as dy
)
select r.name, r.class, st_asbinary(st_snaptogrid(st_affine(st_clipbybox2d(st_transform(r.path, 3857), t.clip), t.scale, 0, 0, -t.scale, t.dx, t.dy), 1)) as shape
from t
join wangge.roads r on r.path && t.box
where ($1::text[] is null or r.town_id = any ($1)) and ($2::text[] is null or true)
  and ($6::text[] is null or r.class = any ($6))
order by r.town_id, r.road_id

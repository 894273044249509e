-- Households of one tile, in units of the tile.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the tile with its buffer, west, south, east, north in degrees; $4 double precision[] the same in metres of EPSG:3857
-- $5 double precision[] scale, dx, dy: metres of EPSG:3857 to units of the tile (y down)
-- $6 text[] towns whose households the viewer may see, null = all
-- row: id, must_visit, shape (WKB point)
-- index: households_position
with t as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as box,
    st_makeenvelope(($4::double precision[])[1], ($4)[2], ($4)[3], ($4)[4], 3857)::box2d as clip,
    ($5::double precision[])[1] as scale, ($5)[2] as dx, ($5)[3] as dy
)
select h.household_id as id, h.must_visit, st_asbinary(st_snaptogrid(st_affine(st_transform(h.position, 3857), t.scale, 0, 0, -t.scale, t.dx, t.dy), 1)) as shape
from t
join wangge.households h on h.position && t.box
where ($6::text[] is null or h.town_id = any ($6)) and ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
order by h.town_id, h.household_id

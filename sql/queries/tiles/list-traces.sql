-- Traces of one day in one tile, clipped and in units of the tile, one row a worker and label.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] the tile with its buffer, west, south, east, north in degrees; $4 double precision[] the same in metres of EPSG:3857
-- $5 double precision[] scale, dx, dy: metres of EPSG:3857 to units of the tile (y down)
-- $6 date the day; $7 text worker, null = all
-- row: worker, label, shape (WKB lines)
-- index: traces_path
with t as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as box,
    st_makeenvelope(($4::double precision[])[1], ($4)[2], ($4)[3], ($4)[4], 3857)::box2d as clip,
    ($5::double precision[])[1] as scale, ($5)[2] as dx, ($5)[3] as dy
)
select p.worker_id as worker, p.label, st_asbinary(st_snaptogrid(st_affine(st_clipbybox2d(st_transform(p.path, 3857), t.clip), t.scale, 0, 0, -t.scale, t.dx, t.dy), 1)) as shape
from t
join wangge.traces p on p.path && t.box
where ($1::text[] is null or p.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.patrol_days d join wangge.grids g on g.town_id = d.town_id and g.grid_code = d.grid_code
    where d.town_id = p.town_id and d.worker_id = p.worker_id and d.day = p.day and g.village_code = any ($2)))
  and p.day = $6::date and ($7::text is null or p.worker_id = $7)
order by p.town_id, p.worker_id, p.label

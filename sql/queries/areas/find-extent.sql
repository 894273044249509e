-- The box around all areas a viewer may see.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- row: west, south, east, north in degrees, or nulls without any boundary
-- index: none, the table is small
select st_xmin(box) as west, st_ymin(box) as south, st_xmax(box) as east, st_ymax(box) as north
from (
  select st_extent(a.boundary)::box2d as box
  from wangge.areas a
  where ($1::text[] is null or a.town_id = any ($1)) and ($2::text[] is null or a.area_code = any ($2))
) extent

-- One grid's boundary in force at a moment, with its history and what kinds of household live in it.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text town; $4 text grid; $5 timestamptz the moment
-- row: boundary GeoJSON text, history [{valid_from, valid_to (epoch seconds), area_m2}], categories [{category, households}]
-- index: grids_pk, households_position
with g as materialized (
  select town_id, grid_code, boundary
  from wangge.grids
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
    and town_id = $3 and grid_code = $4 and valid_from <= $5 and (valid_to is null or $5 < valid_to)
)
select st_asgeojson(g.boundary, 9) as boundary,
  (select jsonb_agg(jsonb_build_object(
      'valid_from', extract(epoch from v.valid_from), 'valid_to', extract(epoch from v.valid_to),
      'area_m2', st_area(v.boundary::geography)) order by v.valid_from)
   from wangge.grids v where v.town_id = g.town_id and v.grid_code = g.grid_code) as history,
  (select coalesce(jsonb_agg(jsonb_build_object('category', c.category, 'households', c.households)
      order by c.households desc, c.category), '[]')
   from (
     select category, count(*)::int as households
     from wangge.households h, unnest(h.categories) as category
     where h.town_id = g.town_id and h.position && g.boundary and st_covers(g.boundary, h.position)
     group by category
   ) c) as categories
from g

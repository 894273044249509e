-- Grids that share an edge with one, and how long the shared edge is.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text town; $4 text grid; $5 timestamptz the moment
-- row: grid_code, name, shared_edge_m (geodesic; only where both boundaries run exactly alike)
-- index: grids_boundary
with g as materialized (
  select town_id, grid_code, kind = 'microgrid' as micro, boundary
  from wangge.grids
  where town_id = $3 and grid_code = $4 and valid_from <= $5 and (valid_to is null or $5 < valid_to)
),
near as materialized (
  select n.grid_code, n.name,
    st_length(st_collectionextract(st_intersection(st_boundary(g.boundary), st_boundary(n.boundary)), 2)::geography) as shared_edge_m
  from g
  join wangge.grids n on n.town_id = g.town_id and n.boundary && g.boundary and n.grid_code <> g.grid_code
    and (n.kind = 'microgrid') = g.micro
  where ($1::text[] is null or n.town_id = any ($1)) and ($2::text[] is null or n.village_code = any ($2))
    and n.valid_from <= $5 and (n.valid_to is null or $5 < n.valid_to)
)
select grid_code, name, shared_edge_m from near where shared_edge_m > 0 order by shared_edge_m desc, grid_code

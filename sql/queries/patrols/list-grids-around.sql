-- Grids, in any version, around households, places or roads that are about to be added, or changed in what patrols are matched by: a
-- position; of a road its path and class. Where it was counts as where it will be.
-- $1 jsonb array of rows as they are upserted, geometry as hex EWKB · $2 text kind: households, places or roads
-- row: town_id text, grid_code text
-- index: grids_boundary, households_pk, places_pk, roads_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as materialized (
  select town_id, coalesce(household_id, place_id, road_id) as id, coalesce(position, path)::geometry as shape,
    case when $2 = 'roads' then class end as class
  from jsonb_to_recordset($1) as given (town_id text, household_id text, place_id text, road_id text, position text, path text, class text)
),
standing as materialized (
  select i.town_id, i.id, h.position as shape, null as class
  from incoming i join wangge.households h on $2 = 'households' and h.town_id = i.town_id and h.household_id = i.id
  union all
  select i.town_id, i.id, p.position, null
  from incoming i join wangge.places p on $2 = 'places' and p.town_id = i.town_id and p.place_id = i.id
  union all
  select i.town_id, i.id, r.path, r.class
  from incoming i join wangge.roads r on $2 = 'roads' and r.town_id = i.town_id and r.road_id = i.id
),
changed as materialized (
  select i.town_id, i.shape, s.shape as shape_before
  from incoming i
  left join standing s on s.town_id = i.town_id and s.id = i.id
  where (s.shape, s.class) is distinct from (i.shape, i.class)
),
moved as materialized (
  select town_id, shape from changed
  union all
  select town_id, shape_before from changed where shape_before is not null
)
-- 0.0001° is 5 m and more in China: a street within a metre of the boundary is both grids' (core/trajectories/grid-lanes).
select distinct g.town_id, g.grid_code
from moved m
join wangge.grids g on g.town_id = m.town_id and g.boundary && st_expand(m.shape, 0.0001) and st_dwithin(g.boundary, m.shape, 0.0001)
order by g.town_id, g.grid_code

-- The areas a viewer may see, with their ancestors so that the tree is whole, and what lies in each.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 timestamptz the moment at which grids are in force
-- row: area_code, parent_code, level, name, town_id, lineage, west, south, east, north (degrees or null), grids, households,
--      last_patrol_day date or null, last_incident_at timestamptz or null; a county's counts are summed by the caller
-- index: grids_pk, households_pk, patrol_days_day, incidents_occurred_at by town_id
with visible as materialized (
  select a.area_code, a.parent_code, a.level, a.name, a.town_id, a.lineage, a.boundary
  from wangge.areas a
  where case when a.level = 'county'
    then $1::text[] is null
      or exists (select from wangge.areas t where t.area_code = any ($1) and t.lineage @> array[a.area_code])
    else ($1::text[] is null or a.town_id = any ($1)) and ($2::text[] is null or a.level = 'township' or a.area_code = any ($2))
  end
),
grid_counts as materialized (
  select town_id, village_code, count(*)::int as grids, st_extent(boundary)::box2d as extent
  from wangge.grids
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
    and valid_from <= $3 and (valid_to is null or $3 < valid_to)
  group by town_id, village_code
),
household_counts as materialized (
  select town_id, village_code, count(*)::int as households
  from wangge.households
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or village_code = any ($2))
  group by town_id, village_code
),
patrolled as materialized (
  select p.town_id, g.village_code, max(p.day) as day
  from wangge.patrol_days p
  left join (select distinct town_id, grid_code, village_code from wangge.grids) g
    on g.town_id = p.town_id and g.grid_code = p.grid_code
  where ($1::text[] is null or p.town_id = any ($1)) and ($2::text[] is null or g.village_code = any ($2))
  group by p.town_id, g.village_code
),
measured as (
  select a.area_code, a.parent_code, a.level, a.name, a.town_id, a.lineage,
    coalesce(
      a.boundary::box2d,
      (select st_extent(c.extent::geometry)::box2d from grid_counts c
       where c.town_id = a.town_id and (a.level = 'township' or c.village_code = a.area_code))) as box,
    (select coalesce(sum(c.grids), 0)::int from grid_counts c
     where c.town_id = a.town_id and (a.level = 'township' or c.village_code = a.area_code)) as grids,
    (select coalesce(sum(c.households), 0)::int from household_counts c
     where c.town_id = a.town_id and (a.level = 'township' or c.village_code = a.area_code)) as households,
    (select max(p.day) from patrolled p
     where p.town_id = a.town_id and (a.level = 'township' or p.village_code = a.area_code)) as last_patrol_day,
    (select i.occurred_at from wangge.incidents i
     where i.town_id = a.town_id
       and (a.level = 'township' and $2::text[] is null or st_covers(a.boundary, i.position))
     order by i.occurred_at desc limit 1) as last_incident_at
  from visible a
)
select area_code, parent_code, level, name, town_id, lineage,
  st_xmin(box) as west, st_ymin(box) as south, st_xmax(box) as east, st_ymax(box) as north,
  grids, households, last_patrol_day, last_incident_at
from measured
order by array_length(lineage, 1), area_code

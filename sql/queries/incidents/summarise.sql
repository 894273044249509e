-- Incidents of an area in an interval: counts by category and by local day (Asia/Shanghai).
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz from, $6 timestamptz to (half-open)
-- $7 text[] towns whose private places the viewer sees as they are, null = all; elsewhere they lie where they are shown
-- row: total, without_position, in_no_grid, west, south, east, north or null, categories [{category, count}], days [{day, count}]
-- index: incidents_occurred_at, incidents_position from the grids' side
with i as materialized (
  select i.town_id, i.incident_id, i.category, i.occurred_at, i.position
  from (
    select town_id, incident_id, category, occurred_at,
      case when $7::text[] is null or town_id = any ($7) then position else shown_position end as position
    from wangge.incidents
  ) i
  where ($1::text[] is null or i.town_id = any ($1))
    and ($2::text[] is null or exists (
      select from wangge.areas v where v.area_code = any ($2) and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
    and i.town_id = any ($3)
    and ($4::text is null or exists (
      select from wangge.areas v where v.area_code = $4 and v.town_id = i.town_id and st_covers(v.boundary, i.position)))
    and i.occurred_at >= $5 and i.occurred_at < $6
),
covered as materialized (
  select distinct n.town_id, n.incident_id
  from wangge.grids g
  join (
    select town_id, incident_id, occurred_at,
      case when $7::text[] is null or town_id = any ($7) then position else shown_position end as position
    from wangge.incidents
  ) n on n.town_id = g.town_id and n.position && g.boundary and st_covers(g.boundary, n.position)
    and g.valid_from <= n.occurred_at and (g.valid_to is null or n.occurred_at < g.valid_to)
  where g.town_id = any ($3) and g.kind <> 'microgrid' and n.occurred_at >= $5 and n.occurred_at < $6
),
totals as (
  select count(*)::int as total, count(*) filter (where i.position is null)::int as without_position,
    count(*) filter (where i.position is not null and c.incident_id is null)::int as in_no_grid,
    st_extent(i.position)::box2d as box
  from i
  left join covered c on c.town_id = i.town_id and c.incident_id = i.incident_id
)
select total, without_position, in_no_grid,
  st_xmin(box) as west, st_ymin(box) as south, st_xmax(box) as east, st_ymax(box) as north,
  (select coalesce(jsonb_agg(jsonb_build_object('category', category, 'count', n) order by n desc, category), '[]')
   from (select category, count(*)::int as n from i group by category) by_category) as categories,
  (select coalesce(jsonb_agg(jsonb_build_object('day', day::text, 'count', n) order by day), '[]')
   from (select (occurred_at at time zone 'Asia/Shanghai')::date as day, count(*)::int as n from i group by 1) by_day) as days
from totals

-- Private incidents of which it is not decided, by the rules in force, where others than those who may see households see them.
-- $1 text town · $2 text[] categories that are private; what belongs to a household is private, whatever its category
-- $3 text hash of the rules
-- row: incident_id, longitude, latitude, village_code or null, grid_code or null with valid_from (the grid that
--      covered the place at its moment)
-- index: incidents_pk, grids_boundary, areas_pk
-- scope: none, the true place never leaves the service with it
select i.incident_id, st_x(i.position) as longitude, st_y(i.position) as latitude,
  (select a.area_code from wangge.areas a
   where a.town_id = i.town_id and a.level = 'village' and a.boundary && i.position and st_covers(a.boundary, i.position)
   order by a.area_code limit 1) as village_code,
  g.grid_code, g.valid_from
from wangge.incidents i
left join lateral (
  select g.grid_code, g.valid_from
  from wangge.grids g
  where g.town_id = i.town_id and g.kind <> 'microgrid'
    and g.valid_from <= i.occurred_at and (g.valid_to is null or i.occurred_at < g.valid_to)
    and g.boundary && i.position and st_covers(g.boundary, i.position)
  order by g.grid_code limit 1
) g on true
where i.town_id = $1 and i.position is not null and i.shown_under is distinct from $3
  and (i.category = any ($2) or to_jsonb(i) ->> 'household_id' is not null)
order by i.incident_id

-- The grids of an area in force at the end of a day, with the last day on which anybody was on patrol in each.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 date the day
-- row: town_id, grid_code, name or null, boundary GeoJSON text, last_passed date or null (a worker who answered for it was inside)
-- index: grids_pk by town, patrol_days_day
select g.town_id, g.grid_code, g.name, st_asgeojson(g.boundary, 15) as boundary, p.last_passed
from wangge.grids g
left join (
  select town_id, grid_code, max(day) as last_passed
  from wangge.patrol_days
  where town_id = any ($3) and day <= $5::date and seconds_inside > 0
  group by town_id, grid_code
) p on p.town_id = g.town_id and p.grid_code = g.grid_code
where ($1::text[] is null or g.town_id = any ($1)) and ($2::text[] is null or g.village_code = any ($2))
  and g.town_id = any ($3) and ($4::text is null or g.village_code = $4) and g.kind <> 'microgrid'
  and g.valid_from < ($5::date + 1)::timestamp at time zone 'Asia/Shanghai'
  and (g.valid_to is null or ($5::date + 1)::timestamp at time zone 'Asia/Shanghai' <= g.valid_to)
order by g.town_id, g.grid_code

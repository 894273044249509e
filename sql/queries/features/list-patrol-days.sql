-- A page of patrol days for OGC API – Features, ordered by town, worker, day and grid, and how many there are in all.
-- The name is personal data: the caller masks it.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] west, south, east, north in degrees, and a second box across the antimeridian; null = everywhere
-- $4 jsonb equality filters: worker, town
-- $5 text[] page starts after this key (town, worker, day, grid), null = the first; $6 int rows; $7 text[] only this key, null = all
-- $8 timestamptz from, $9 timestamptz to, both included, null = open: local days that meet it
-- $10 text[] towns whose households the viewer may see, null = all; of the others their numbers are null
-- A filter stands where `true` is marked as its place, over the columns there, its values after these parameters (db/feature-filter.ts)
-- row: key text[], properties jsonb, geometry GeoJSON text of a point in the grid as it was, or null; matched int in all; one row with
--      key null when the page is empty
-- index: patrol_days_pk, patrol_days_day, grids_pk, workers_pk, evidence_day
with boxes as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as one,
    st_makeenvelope(($3)[5], ($3)[6], ($3)[7], ($3)[8], 4326) as other
),
found as not materialized (
  select p.*, to_char(p.day, 'YYYY-MM-DD') as day_text,
    (select st_pointonsurface(g.boundary) from wangge.grids g
     where g.town_id = p.town_id and g.grid_code = p.grid_code
       and g.valid_from <= p.last_at and (g.valid_to is null or p.last_at < g.valid_to)
     order by g.valid_from desc limit 1) as spot
  from wangge.patrol_days p
  where ($1::text[] is null or p.town_id = any ($1))
    and ($2::text[] is null or exists (
      select from wangge.grids g where g.town_id = p.town_id and g.grid_code = p.grid_code and g.village_code = any ($2)))
    and ($4::jsonb->>'worker' is null or p.worker_id = $4::jsonb->>'worker')
    and ($4::jsonb->>'town' is null or p.town_id = $4::jsonb->>'town')
    and ($7::text[] is null or p.town_id = ($7)[1] and p.worker_id = ($7)[2] and to_char(p.day, 'YYYY-MM-DD') = ($7)[3]
      and p.grid_code = ($7)[4])
    and ($8::timestamptz is null or p.day >= ($8::timestamptz at time zone 'Asia/Shanghai')::date)
    and ($9::timestamptz is null or p.day <= ($9::timestamptz at time zone 'Asia/Shanghai')::date)
),
matched as not materialized (
  select * from found
  where ($3::double precision[] is null or st_intersects(spot, (select one from boxes)) or st_intersects(spot, (select other from boxes)))
    and (true /* filter */)
),
page as materialized (
  select * from matched
  where $5::text[] is null or (town_id, worker_id, day_text, grid_code) > (($5)[1], ($5)[2], ($5)[3], ($5)[4])
  order by town_id, worker_id, day, grid_code
  limit $6
)
select case when p.town_id is not null then array[p.town_id, p.worker_id, p.day_text, p.grid_code] end as key,
  jsonb_build_object('town', p.town_id, 'worker', p.worker_id, 'name', w.name, 'role', w.role, 'day', p.day_text, 'grid', p.grid_code,
    'fixes', p.fixes,
    'first', to_char(p.first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'last', to_char(p.last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'seconds_inside', p.seconds_inside, 'seconds_outside', p.seconds_outside,
    'seconds_unobserved', p.seconds_unobserved, 'seconds_unreliable', p.seconds_unreliable,
    'metres_inside', round(p.metres_inside::numeric, 1), 'metres_outside', round(p.metres_outside::numeric, 1),
    'metres_raw', round(p.metres_raw::numeric, 1), 'rounds', p.rounds,
    'hexagons_visited', p.hexagons_visited, 'hexagons_in_grid', p.hexagons_in_grid,
    'households_passed', case when $10::text[] is null or p.town_id = any ($10) then p.households_passed end,
    'households_total', case when $10::text[] is null or p.town_id = any ($10) then p.households_total end,
    'met', p.rules_met,
    'flags', array_to_string(array(
      select flag->>'code' from jsonb_array_elements(p.result->'flags') flag
      union select e.code from wangge.evidence e where e.town_id = p.town_id and e.day = p.day and e.worker_id = p.worker_id
      order by 1), ',')) as properties,
  st_asgeojson(p.spot, 9) as geometry, m.matched
from (select count(*)::int as matched from matched) m
left join page p on true
left join wangge.workers w on w.town_id = p.town_id and w.worker_id = p.worker_id
order by p.town_id, p.worker_id, p.day, p.grid_code

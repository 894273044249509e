-- A page of drawn traces for OGC API – Features, one a worker, day and label, in this order within the town, and how many there are in all.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 double precision[] west, south, east, north in degrees, and a second box across the antimeridian; null = everywhere
-- $4 jsonb equality filters: worker, town
-- $5 text[] page starts after this key (town, worker, day, label), null = the first; $6 int rows; $7 text[] only this key, null = all
-- $8 timestamptz from, $9 timestamptz to, both included, null = open: local days that meet it
-- A filter stands where `true` is marked as its place, over the columns there, its values after these parameters (db/feature-filter.ts)
-- row: key text[], properties jsonb, geometry GeoJSON text (lines), matched int in all; one row with key null when the page is empty
-- index: traces_pk, traces_path
with boxes as materialized (
  select st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326) as one,
    st_makeenvelope(($3)[5], ($3)[6], ($3)[7], ($3)[8], 4326) as other
),
matched as not materialized (
  select t.town_id, t.worker_id, t.day, to_char(t.day, 'YYYY-MM-DD') as day_text, t.label, t.path
  from wangge.traces t
  where ($1::text[] is null or t.town_id = any ($1))
    and ($2::text[] is null or exists (
      select from wangge.patrol_days d join wangge.grids g on g.town_id = d.town_id and g.grid_code = d.grid_code
      where d.town_id = t.town_id and d.worker_id = t.worker_id and d.day = t.day and g.village_code = any ($2)))
    and ($3::double precision[] is null
      or (t.path && (select one from boxes) and st_intersects(t.path, (select one from boxes)))
      or (t.path && (select other from boxes) and st_intersects(t.path, (select other from boxes))))
    and ($4::jsonb->>'worker' is null or t.worker_id = $4::jsonb->>'worker')
    and ($4::jsonb->>'town' is null or t.town_id = $4::jsonb->>'town')
    and ($7::text[] is null or t.town_id = ($7)[1] and t.worker_id = ($7)[2] and to_char(t.day, 'YYYY-MM-DD') = ($7)[3]
      and t.label = ($7)[4])
    and ($8::timestamptz is null or t.day >= ($8::timestamptz at time zone 'Asia/Shanghai')::date)
    and ($9::timestamptz is null or t.day <= ($9::timestamptz at time zone 'Asia/Shanghai')::date)
),
chosen as not materialized (
  select * from matched where (true /* filter */)
),
page as materialized (
  select * from chosen
  where $5::text[] is null or (town_id, worker_id, day_text, label) > (($5)[1], ($5)[2], ($5)[3], ($5)[4])
  order by town_id, worker_id, day, label
  limit $6
)
select case when p.town_id is not null then array[p.town_id, p.worker_id, p.day_text, p.label] end as key,
  jsonb_build_object('town', p.town_id, 'worker', p.worker_id, 'day', p.day_text, 'label', p.label) as properties,
  st_asgeojson(p.path, 9) as geometry, m.matched
from (select count(*)::int as matched from chosen) m
left join page p on true
order by p.town_id, p.worker_id, p.day, p.label

-- A worker's day as it is drawn.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all; $3 text town; $4 text worker; $5 date the day
-- row: packed bytea
-- index: drawn_days_pk
select d.packed
from wangge.drawn_days d
where ($1::text[] is null or d.town_id = any ($1))
  and ($2::text[] is null or exists (
    select
    from wangge.patrol_days p
    join wangge.grids g on g.town_id = p.town_id and g.grid_code = p.grid_code
    where p.town_id = $3 and p.worker_id = $4 and p.day = $5::date and g.village_code = any ($2)))
  and d.town_id = $3 and d.worker_id = $4 and d.day = $5::date

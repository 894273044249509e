-- The town of a worker who has had a grid of the area.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 text worker
-- row: town_id, name (personal)
-- index: workers_pk, assignments_pk
select w.town_id, w.name
from wangge.workers w
where ($1::text[] is null or w.town_id = any ($1)) and w.town_id = any ($3) and w.worker_id = $5
  and exists (
    select from wangge.assignments a
    join wangge.grids g on g.town_id = a.town_id and g.grid_code = a.grid_code
    where a.town_id = w.town_id and a.worker_id = w.worker_id
      and ($2::text[] is null or g.village_code = any ($2)) and ($4::text is null or g.village_code = $4))
order by w.town_id
limit 1

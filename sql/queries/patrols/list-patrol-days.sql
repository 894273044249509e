-- What workers' days amount to, one row a worker, grid and day, in pages.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 date from, $6 date to (half-open); $7 text worker, null = all
-- $8 date, $9 text, $10 text, $11 text day, town, worker and grid after which the page starts, null = the first; $12 int rows
-- row: town_id, worker_id, name (personal), role, day, grid_code, fixes, first_at, last_at, seconds_*, metres_*, rounds,
--      hexagons_visited, hexagons_in_grid, households_passed, households_total, rules_met, rules jsonb,
--      flags text[], strip [[label, from, to (epoch milliseconds)]]: the result without its coordinates
-- index: patrol_days_day, workers_pk, evidence_day
select p.town_id, p.worker_id, w.name, w.role, p.day, p.grid_code, p.fixes, p.first_at, p.last_at,
  p.seconds_inside, p.seconds_outside, p.seconds_unobserved, p.seconds_unreliable,
  p.metres_inside, p.metres_outside, p.metres_raw, p.rounds, p.hexagons_visited, p.hexagons_in_grid,
  p.households_passed, p.households_total, p.rules_met, p.result->'rules' as rules,
  array(select flag->>'code' from jsonb_array_elements(p.result->'flags') flag
    union select e.code from wangge.evidence e where e.town_id = p.town_id and e.day = p.day and e.worker_id = p.worker_id
    order by 1) as flags,
  (select jsonb_agg(jsonb_build_array(piece->'label', piece->'from', piece->'to') order by n)
   from jsonb_array_elements(p.result->'pieces') with ordinality as pieces(piece, n)) as strip
from wangge.patrol_days p
join wangge.workers w on w.town_id = p.town_id and w.worker_id = p.worker_id
where ($1::text[] is null or p.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.grids g where g.town_id = p.town_id and g.grid_code = p.grid_code and g.village_code = any ($2)))
  and p.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.grids g where g.town_id = p.town_id and g.grid_code = p.grid_code and g.village_code = $4))
  and p.day >= $5::date and p.day < $6::date
  and ($7::text is null or p.worker_id = $7)
  and ($8::date is null or (p.day, p.town_id, p.worker_id, p.grid_code) > ($8::date, $9, $10, $11))
order by p.day, p.town_id, p.worker_id, p.grid_code
limit $12

-- Writes what a worker's day amounts to in one grid.
-- $1 text town · $2 text worker · $3 date local day · $4 text grid · $5 integer fixes · $6 timestamptz first · $7 timestamptz last
-- $8 integer seconds inside · $9 integer outside · $10 integer unobserved · $11 integer unreliable
-- $12 double precision metres inside · $13 double precision outside · $14 double precision raw
-- $15 integer rounds · $16 integer hexagons visited · $17 integer hexagons in grid · $18 integer households passed
-- $19 integer households total · $20 boolean all rules met, or null · $21 jsonb the whole result
-- scope: none, matching runs for the system
insert into wangge.patrol_days (
  town_id, worker_id, day, grid_code, fixes, first_at, last_at,
  seconds_inside, seconds_outside, seconds_unobserved, seconds_unreliable,
  metres_inside, metres_outside, metres_raw,
  rounds, hexagons_visited, hexagons_in_grid, households_passed, households_total, rules_met, result)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)

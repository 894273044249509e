-- Codes a town has ever used for a grid, with those taken back before their day: a code means one grid for good.
-- $1 text town · $2 text[] only of these codes, null = all
-- row: grid_code
-- index: grids_pk, grids_history_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select grid_code from wangge.grids where town_id = $1 and ($2::text[] is null or grid_code = any ($2))
union
select grid_code from wangge.grids_history where town_id = $1 and ($2::text[] is null or grid_code = any ($2))
order by grid_code

-- Takes out versions that were to begin at a moment, before it came; what was believed of them is kept.
-- $1 text town · $2 text[] grids · $3 timestamptz the moment · $4 timestamptz now
-- row: removed integer
-- index: grids_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
with removed as (
  delete from wangge.grids
  where town_id = $1 and grid_code = any ($2) and valid_from = $3
  returning town_id, grid_code, valid_from, valid_to, village_code, parent_code, kind, name, boundary, recorded_from
),
believed as (
  insert into wangge.grids_history (town_id, grid_code, valid_from, valid_to, village_code, parent_code, kind, name, boundary,
    recorded_from, recorded_to, became)
  select town_id, grid_code, valid_from, valid_to, village_code, parent_code, kind, name, boundary, recorded_from, $4, 'removed'
  from removed
  where recorded_from < $4
)
select count(*)::integer as removed from removed

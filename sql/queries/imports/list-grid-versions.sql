-- Versions of the grids of some towns, without boundaries.
-- $1 text[] towns
-- row: town_id text, grid_code text, valid_from timestamptz, valid_to timestamptz or null
-- index: grids_pk
-- scope: none, an import runs for the system
select town_id, grid_code, valid_from, valid_to
from wangge.grids
where town_id = any ($1)
order by town_id, grid_code, valid_from

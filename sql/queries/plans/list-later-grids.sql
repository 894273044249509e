-- Grids of an area with a version that begins after a moment: another plan's, already put in force.
-- $1 text town · $2 text village, null = the whole town · $3 timestamptz the moment
-- row: grid_code, valid_from timestamptz of the first
-- index: grids_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select grid_code, min(valid_from) as valid_from
from wangge.grids
where town_id = $1 and ($2::text is null or village_code = $2) and valid_from > $3
group by grid_code
order by grid_code

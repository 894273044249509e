-- A worker's block of a day, held until the transaction ends.
-- $1 text town · $2 text worker · $3 date local day
-- row: packed bytea
-- index: fix_blocks_pk
-- scope: none, packing runs for the system
select packed
from wangge.fix_blocks
where town_id = $1 and worker_id = $2 and day = $3
for update

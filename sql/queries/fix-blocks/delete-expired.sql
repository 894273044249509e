-- Removes a town's raw fixes that were packed on a day or before it. Their figures and drawn traces stay.
-- $1 text town · $2 date the last local day of packing to go
-- index: fix_blocks_pk
-- scope: none, retention runs for the system
delete from wangge.fix_blocks
where town_id = $1 and packed_on <= $2

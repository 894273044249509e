-- Towns that have blocks, with the lineage that their policies come by.
-- row: town_id text, lineage text[]
-- index: fix_blocks_pk
-- scope: none, retention runs for the system
select a.area_code as town_id, a.lineage
from wangge.areas a
where a.level = 'township' and exists (select from wangge.fix_blocks b where b.town_id = a.area_code)
order by a.area_code

-- The areas at the roots of their trees.
-- row: area_code text
-- index: areas_pk
-- scope: none, asked by the command line for all areas
select area_code
from wangge.areas
where parent_code is null
order by area_code

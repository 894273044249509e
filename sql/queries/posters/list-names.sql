-- Names of areas, in the order of their codes given.
-- $1 text[] codes
-- row: name
-- index: areas_pk
-- scope: none, these are the areas above one that the viewer may see, and no more than their names
select a.name
from wangge.areas a
where a.area_code = any ($1)
order by array_position($1, a.area_code)

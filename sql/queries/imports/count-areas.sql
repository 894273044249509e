-- How many areas there are: none in a database nobody has used.
-- row: areas integer
-- index: areas_pk
-- scope: none, asked at start
select count(*)::integer as areas
from wangge.areas

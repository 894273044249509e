-- Areas by code, without boundaries.
-- $1 text[] area codes
-- row: area_code text, parent_code text, level text, name text, town_id text, lineage text[]
-- index: areas_pk
-- scope: none, an import runs for the system
select area_code, parent_code, level, name, town_id, lineage
from wangge.areas
where area_code = any ($1)

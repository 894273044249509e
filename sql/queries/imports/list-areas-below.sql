-- An area and all areas below it, with boundaries.
-- $1 text area code
-- row: area_code text, parent_code text, level text, name text, town_id text, lineage text[], boundary text (GeoJSON) or null
-- index: areas_lineage
-- scope: none, an import runs for the system
select area_code, parent_code, level, name, town_id, lineage, ST_AsGeoJSON(boundary, 15) as boundary
from wangge.areas
where lineage @> array[$1::text]
order by array_length(lineage, 1), area_code

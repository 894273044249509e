-- The villages that a plan of an area divides, with their boundaries: the village itself, or those of the township.
-- $1 text town · $2 text village, null = the whole town
-- row: area_code, boundary GeoJSON text or null
-- index: areas_lineage
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
select area_code, st_asgeojson(boundary, 15) as boundary
from wangge.areas
where lineage @> array[$1::text] and level = 'village' and ($2::text is null or area_code = $2)
order by area_code

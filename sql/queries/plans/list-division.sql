-- The grids of an area in force at a moment as a plan takes them over.
-- $1 text town · $2 text village, null = the whole town · $3 timestamptz the moment
-- row: grid_code, name or null, kind, village_code or null, parent_code or null, boundary GeoJSON text, mark text: another one as
--      soon as code, village, parent, kind, name or ground differs; a vertex set on a line moves no ground (1e-9 degrees)
-- index: grids_pk
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
select grid_code, name, kind, village_code, parent_code, st_asgeojson(boundary, 15) as boundary,
  md5(concat_ws('|', grid_code, village_code, parent_code, kind, name,
    encode(st_asbinary(st_normalize(st_simplify(boundary, 1e-9, true))), 'hex'))) as mark
from wangge.grids
where town_id = $1 and ($2::text is null or village_code = $2)
  and valid_from <= $3 and (valid_to is null or $3 < valid_to)
order by grid_code

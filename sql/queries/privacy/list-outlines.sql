-- Outlines within which private places of a town may be moved: of its grids in every version, its villages and itself.
-- $1 text town
-- row: grid_code and valid_from, or area_code; boundary GeoJSON text
-- index: grids_pk, areas_pk
-- scope: none, used by the service alone
select grid_code, valid_from, null::text as area_code, st_asgeojson(boundary, 15) as boundary
from wangge.grids
where town_id = $1 and kind <> 'microgrid'
union all
select null, null, area_code, st_asgeojson(boundary, 15)
from wangge.areas
where town_id = $1 and boundary is not null

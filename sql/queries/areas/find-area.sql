-- One area, if the viewer may see it: one of the viewer's, or a county above.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text the area's code
-- row: area_code, level, name, town_id, lineage, boundary GeoJSON text or null, towns text[]: every town in the area
-- index: areas_pk, areas_lineage
select a.area_code, a.level, a.name, a.town_id, a.lineage, st_asgeojson(a.boundary, 15) as boundary,
  case when a.level = 'county'
    then array(select t.area_code from wangge.areas t where t.level = 'township' and t.lineage @> array[a.area_code] order by 1)
    else array[a.town_id] end as towns
from wangge.areas a
where a.area_code = $3
  and case when a.level = 'county'
    then $1::text[] is null
      or exists (select from wangge.areas t where t.area_code = any ($1) and t.lineage @> array[a.area_code])
    else ($1::text[] is null or a.town_id = any ($1)) and ($2::text[] is null or a.level = 'township' or a.area_code = any ($2))
  end

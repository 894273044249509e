-- The towns and villages that a viewer of some areas may see; nothing when no such area is known.
-- scope: none, this is what the scope is made of
-- $1 text[] codes of the viewer's areas
-- row: towns text[], villages text[] or null = all of these towns, whole boolean: these are all towns there are
-- index: areas_lineage, areas_pk
with reached as (
  select a.area_code, a.level, a.town_id
  from wangge.areas a
  where a.lineage && $1::text[] and a.town_id is not null
)
select
  coalesce((select array_agg(distinct r.town_id) from reached r), '{}') as towns,
  case when exists (select from wangge.areas a where a.area_code = any ($1) and a.level = 'village')
    then coalesce((select array_agg(r.area_code order by r.area_code) from reached r where r.level = 'village'), '{}')
  end as villages,
  exists (select from reached) and not exists (
    select from wangge.areas t where t.level = 'township' and t.town_id not in (select r.town_id from reached r)) as whole

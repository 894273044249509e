-- The privacy policy in force today of each township: of the nearest area upwards that has one.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: policies are public within the system)
-- row: town_id, rules jsonb or null (none says anything)
-- index: areas_pk, policies_pk
select a.area_code as town_id, (
    select p.rules
    from wangge.policies p
    where p.area_code = any (a.lineage) and p.kind = 'privacy'
      and p.valid_from <= (now() at time zone 'Asia/Shanghai')::date
      and (p.valid_to is null or (now() at time zone 'Asia/Shanghai')::date < p.valid_to)
    order by array_position(a.lineage, p.area_code) desc
    limit 1) as rules
from wangge.areas a
where a.level = 'township' and ($1::text[] is null or a.area_code = any ($1)) and ($2::text[] is null or true)
order by a.area_code

-- Policies of an area and of the areas above it, of every kind: by kind, nearest area first, newest first.
-- $1 text[] towns of the viewer, $2 text[] villages of the viewer (unused: policies are public within the system)
-- $3 text[] lineage of the area, root first
-- row: area_code, area_name, kind, valid_from date, valid_to date or null, name, rules jsonb
-- index: policies_pk
select p.area_code, a.name as area_name, p.kind, p.valid_from, p.valid_to, p.name, p.rules
from wangge.policies p
join wangge.areas a on a.area_code = p.area_code
where p.area_code = any ($3) and ($1::text[] is null or true) and ($2::text[] is null or true)
order by p.kind, array_position($3, p.area_code) desc, p.valid_from desc

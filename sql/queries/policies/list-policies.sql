-- Policies of one kind that hold for an area: its own and those of the areas above it, nearest first, newest first.
-- $1 text area code · $2 text kind (patrol, division)
-- row: area_code text, depth integer, valid_from date, valid_to date or null, name text, rules jsonb
-- index: areas_pk, policies_pk
-- scope: none, policies are public within the service
select
  policies.area_code,
  array_length(above.lineage, 1) as depth,
  policies.valid_from,
  policies.valid_to,
  policies.name,
  policies.rules
from wangge.areas as target
join wangge.areas as above on above.area_code = any (target.lineage)
join wangge.policies on policies.area_code = above.area_code
where target.area_code = $1
  and policies.kind = $2
order by depth desc, policies.valid_from desc

-- The policy of a kind in force for an area on a day: of the nearest area upwards that has one.
-- $1 text[] towns of the viewer, $2 text[] villages of the viewer (unused: policies are public within the system)
-- $3 text[] lineage of the area, root first; $4 text kind (patrol, division, assessment, retention, evidence, obligation, incident or privacy); $5 date the day
-- row: name, rules jsonb, area_code, valid_from date
-- index: policies_pk
select p.name, p.rules, p.area_code, p.valid_from
from wangge.policies p
where p.area_code = any ($3) and p.kind = $4 and p.valid_from <= $5::date and (p.valid_to is null or $5::date < p.valid_to)
  and ($1::text[] is null or true) and ($2::text[] is null or true)
order by array_position($3, p.area_code) desc
limit 1

-- Plans of an area: of what lies in it, and for a village those of its township; the one touched last first.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- row: the plan's columns, area_name
-- index: plans_pk by town
select p.town_id, p.plan_id, p.area_code, a.name as area_name, p.name, p.status, p.source, p.based_on_plan, p.based_on_day, p.revision,
  p.effective_from, p.effective_to, p.compared_with, p.note, p.created_by, p.created_at, p.updated_by, p.updated_at
from wangge.plans p
join wangge.areas a on a.area_code = p.area_code
where ($1::text[] is null or p.town_id = any ($1)) and ($2::text[] is null or p.area_code = any ($2))
  and p.town_id = any ($3) and ($4::text is null or p.area_code in ($4, p.town_id))
order by p.updated_at desc, p.plan_id

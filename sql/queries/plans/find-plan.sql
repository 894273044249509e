-- One plan, if the viewer may see its area.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text plan
-- row: the plan's columns, area_name
-- index: plans_plan_id
select p.town_id, p.plan_id, p.area_code, a.name as area_name, p.name, p.status, p.source, p.based_on_plan, p.based_on_day, p.revision,
  p.effective_from, p.effective_to, p.compared_with, p.note, p.created_by, p.created_at, p.updated_by, p.updated_at
from wangge.plans p
join wangge.areas a on a.area_code = p.area_code
where ($1::text[] is null or p.town_id = any ($1)) and ($2::text[] is null or p.area_code = any ($2))
  and p.plan_id = $3

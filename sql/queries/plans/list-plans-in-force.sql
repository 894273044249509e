-- Plans in force whose ground a plan of an area takes over: those of the same area, and of the villages of a township.
-- $1 text town · $2 text area · $3 text the plan itself
-- row: plan_id, revision int, effective_from date
-- index: plans_pk by town
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select plan_id, revision, effective_from
from wangge.plans
where town_id = $1 and status = 'in_force' and plan_id <> $3 and ($2 = town_id or area_code = $2)
order by plan_id

-- The drawing of a plan.
-- $1 text town · $2 text plan
-- row: revision int, document text
-- index: plan_drawings_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select revision, document
from wangge.plan_drawings
where town_id = $1 and plan_id = $2

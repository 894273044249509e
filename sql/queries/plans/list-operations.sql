-- The order of a plan's edits and their undoing, without what they did.
-- $1 text town · $2 text plan
-- row: revision int, seq int, op text
-- index: plan_edits_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select revision, seq, op
from wangge.plan_edits
where town_id = $1 and plan_id = $2
order by revision, seq

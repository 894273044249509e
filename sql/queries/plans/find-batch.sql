-- The revision that a save made, if it was taken before.
-- $1 text town · $2 text plan · $3 text the client's name for the save
-- row: revision int
-- index: plan_edits_once
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select revision
from wangge.plan_edits
where town_id = $1 and plan_id = $2 and batch_id = $3
limit 1

-- One edit with what takes it back.
-- $1 text town · $2 text plan · $3 int revision · $4 int place in its save
-- row: edit text (JSON), inverse text (JSON)
-- index: plan_edits_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select edit, inverse
from wangge.plan_edits
where town_id = $1 and plan_id = $2 and revision = $3 and seq = $4

-- Edits of a plan after a place in their order, in pages.
-- $1 text town · $2 text plan · $3 int revision and $4 int place in its save, after which the page starts; 0 and 0 = from the first
-- $5 int rows
-- row: revision int, seq int, op text, edit text (JSON), inverse text (JSON), grids text[], author text, made_at timestamptz
-- index: plan_edits_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select revision, seq, op, edit, inverse, grids, author, made_at
from wangge.plan_edits
where town_id = $1 and plan_id = $2 and (revision, seq) > ($3, $4)
order by revision, seq
limit $5

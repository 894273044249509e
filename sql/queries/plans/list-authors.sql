-- Everybody who had a hand in a plan: made it, drew on it, submitted it.
-- $1 text town · $2 text plan
-- row: author text
-- index: plans_pk, plan_edits_pk, plan_decisions_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select created_by as author from wangge.plans where town_id = $1 and plan_id = $2
union
select author from wangge.plan_edits where town_id = $1 and plan_id = $2
union
select decided_by from wangge.plan_decisions where town_id = $1 and plan_id = $2 and kind = 'submitted'
order by author

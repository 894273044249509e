-- Takes a plan from one of some states to another; no row when it is in none of them, or at another revision.
-- $1 text town · $2 text plan · $3 int the revision at hand · $4 text[] states it may be in · $5 text the new state
-- $6 date first day, null = as it is · $7 date first day of another plan, null = as it is
-- $8 text what it was compared with, null = as it is · $9 text who · $10 timestamptz now
-- row: plan_id
-- index: plans_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
update wangge.plans
set status = $5, effective_from = coalesce($6, effective_from), effective_to = coalesce($7, effective_to),
  compared_with = coalesce($8, compared_with), updated_by = $9, updated_at = $10
where town_id = $1 and plan_id = $2 and revision = $3 and status = any ($4)
returning plan_id

-- Takes a plan from the revision at hand to the next; no row when somebody else was quicker, or the plan is no longer drawn on.
-- $1 text town · $2 text plan · $3 int the revision at hand · $4 text who · $5 timestamptz now
-- row: revision int the new one
-- index: plans_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
update wangge.plans
set revision = revision + 1, updated_by = $4, updated_at = $5
where town_id = $1 and plan_id = $2 and revision = $3 and status in ('draft', 'returned')
returning revision

-- Marks a task as settled; one that is already stays as it is.
-- $1 text town · $2 text plan · $3 text task · $4 text who · $5 timestamptz now · $6 text note or null
-- row: task_id
-- index: plan_tasks_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
update wangge.plan_tasks
set settled_by = coalesce(settled_by, $4), settled_at = coalesce(settled_at, $5), note = coalesce(note, $6)
where town_id = $1 and plan_id = $2 and task_id = $3
returning task_id

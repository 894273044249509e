-- What a person must settle after a plan was put in force; open ones first.
-- $1 text town · $2 text plan
-- row: task_id, kind, grid_code or null, worker_id or null, households text[], settled_by or null, settled_at timestamptz or null, note or null
-- index: plan_tasks_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select task_id, kind, grid_code, worker_id, households, settled_by, settled_at, note
from wangge.plan_tasks
where town_id = $1 and plan_id = $2
order by settled_at is not null, kind, grid_code, worker_id, task_id

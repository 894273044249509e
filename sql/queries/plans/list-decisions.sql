-- Decisions on a plan, first to last.
-- $1 text town · $2 text plan
-- row: seq int, kind text, grids text[] or null, reason text or null, revision int, decided_by text, decided_role text, decided_at timestamptz
-- index: plan_decisions_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select seq, kind, grids, reason, revision, decided_by, decided_role, decided_at
from wangge.plan_decisions
where town_id = $1 and plan_id = $2
order by seq

-- Adds a decision after those that stand there; the plan's row is held by the transaction.
-- $1 text town · $2 text plan · $3 text kind · $4 text[] grids, null = the whole plan · $5 text reason or null · $6 int revision
-- $7 text who · $8 text role · $9 timestamptz now
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
insert into wangge.plan_decisions (town_id, plan_id, seq, kind, grids, reason, revision, decided_by, decided_role, decided_at)
select $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8, $9
from wangge.plan_decisions
where town_id = $1 and plan_id = $2

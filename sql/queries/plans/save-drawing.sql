-- Puts a plan's drawing in place of the one before.
-- $1 text town · $2 text plan · $3 int revision · $4 text the document
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
insert into wangge.plan_drawings (town_id, plan_id, revision, document)
values ($1, $2, $3, $4)
on conflict (town_id, plan_id) do update set revision = excluded.revision, document = excluded.document

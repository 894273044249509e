-- Enters an objection.
-- $1 text town · $2 text worker · $3 date day · $4 timestamptz claimed from · $5 timestamptz claimed to · $6 text claim
-- $7 text who · $8 timestamptz now
-- row: objection_id
-- index: none
-- scope: none, the worker was found in the viewer's scope; row-level security stands behind
insert into wangge.objections (town_id, worker_id, day, claimed_from, claimed_to, claim, entered_by, entered_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
returning objection_id

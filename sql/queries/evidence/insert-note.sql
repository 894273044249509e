-- Notes something about a piece of evidence.
-- $1 text town · $2 text evidence · $3 text worker · $4 date day · $5 text state · $6 text reason · $7 text who · $8 timestamptz now
-- index: none
-- scope: none, the evidence was found in the viewer's scope; row-level security stands behind
insert into wangge.evidence_notes (town_id, evidence_id, worker_id, day, state, reason, noted_by, noted_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)

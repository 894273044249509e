-- Decides an objection, once.
-- $1 text town · $2 text objection · $3 text verdict · $4 int credited seconds · $5 double precision credited metres · $6 text reason
-- $7 text who · $8 timestamptz now
-- row: objection_id, when it was still open
-- index: objections_pk
-- scope: none, the objection was found in the viewer's scope; row-level security stands behind
update wangge.objections
set verdict = $3, credited_seconds = $4, credited_metres = $5, reason = $6, decided_by = $7, decided_at = $8
where town_id = $1 and objection_id = $2 and verdict is null
returning objection_id

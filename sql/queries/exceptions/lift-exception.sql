-- Lifts the exceptions of a problem: it is open again.
-- $1 text town · $2 text area · $3 text problem · $4 text who · $5 timestamptz now
-- row: problem_id
-- index: problem_exceptions_pk
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
update wangge.problem_exceptions
set lifted_by = $4, lifted_at = $5
where town_id = $1 and area_code = $2 and problem_id = $3 and lifted_at is null
returning problem_id

-- Accepts a problem of an area's division. The area has been found in the viewer's scope.
-- $1 text town · $2 text area · $3 text problem · $4 text its code · $5 text fingerprint of its geometry · $6 text reason
-- $7 date first day on which it no longer holds, or null · $8 text who · $9 timestamptz now · $10 text[] its grids
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
insert into wangge.problem_exceptions (town_id, area_code, problem_id, code, fingerprint, reason, expires_on, author, made_at, grids)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- Adds a remark.
-- $1 text town · $2 text plan · $3 text grid or null · $4 text hex EWKB of a point, or null · $5 text what is said · $6 int revision
-- $7 text who · $8 text role · $9 timestamptz now
-- row: comment_id
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
insert into wangge.plan_comments (town_id, plan_id, grid_code, position, body, revision, author, author_role, made_at)
values ($1, $2, $3, $4::geometry, $5, $6, $7, $8, $9)
returning comment_id

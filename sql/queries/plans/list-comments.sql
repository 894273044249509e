-- Remarks on a plan, first to last.
-- $1 text town · $2 text plan
-- row: comment_id, grid_code or null, longitude, latitude (degrees or null), body, revision int, author, author_role, made_at timestamptz,
--      resolved_by or null, resolved_at timestamptz or null
-- index: plan_comments_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select comment_id, grid_code, st_x(position) as longitude, st_y(position) as latitude, body, revision, author, author_role, made_at,
  resolved_by, resolved_at
from wangge.plan_comments
where town_id = $1 and plan_id = $2
order by made_at, comment_id

-- Marks a remark as dealt with; one that is already stays as it is.
-- $1 text town · $2 text plan · $3 text comment · $4 text who · $5 timestamptz now
-- row: comment_id
-- index: plan_comments_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
update wangge.plan_comments
set resolved_by = coalesce(resolved_by, $4), resolved_at = coalesce(resolved_at, $5)
where town_id = $1 and plan_id = $2 and comment_id = $3
returning comment_id

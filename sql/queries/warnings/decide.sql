-- Decides on a draft; nothing when it was decided before.
-- $1 text town · $2 text warning · $3 text state · $4 text who · $5 timestamptz now · $6 text reason
-- index: warnings_pk
-- scope: none, the warning was found in the viewer's scope; row-level security stands behind
update wangge.warnings
set state = $3, decided_by = $4, decided_at = $5, reason = $6
where town_id = $1 and warning_id = $2 and state = 'draft'

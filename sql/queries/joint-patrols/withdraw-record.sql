-- Withdraws a joint patrol; it stays as it was entered.
-- $1 text town · $2 text record · $3 text who · $4 timestamptz now
-- index: joint_patrols_pk
-- scope: none, the record was found in the viewer's scope; row-level security stands behind
update wangge.joint_patrols
set withdrawn_by = $3, withdrawn_at = $4
where town_id = $1 and joint_id = $2 and withdrawn_at is null

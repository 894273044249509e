-- Keeps which incident a confirmed warning opened.
-- $1 text town · $2 text warning · $3 text incident
-- index: warnings_pk
-- scope: none, written with the decision; row-level security stands behind
update wangge.warnings
set incident_id = $3
where town_id = $1 and warning_id = $2

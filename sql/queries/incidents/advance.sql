-- Moves an incident on, unless somebody was quicker.
-- $1 text town · $2 text incident · $3 int the revision the step was taken on · $4 text state · $5 text level
-- row: revision, the new one; none when it has moved since
-- index: incidents_pk
-- scope: none, the incident was found in the viewer's scope; row-level security stands behind
update wangge.incidents
set status = $4, level = $5, revision = revision + 1
where town_id = $1 and incident_id = $2 and revision = $3
returning revision

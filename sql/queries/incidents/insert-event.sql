-- Adds a step to the life of an incident.
-- $1 text town · $2 text incident · $3 int revision · $4 text action · $5 text state before or null · $6 text state after
-- $7 text level before · $8 text level after · $9 timestamptz now · $10 text who · $11 text receipt or null · $12 text note or null
-- $13 text assignee or null
-- scope: none, the incident was found in the viewer's scope; row-level security stands behind
insert into wangge.incident_events (town_id, incident_id, revision, action, from_state, to_state, from_level, to_level, made_at,
  made_by, receipt, note, assignee)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)

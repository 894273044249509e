-- Keeps where private incidents are shown; without a place they are shown nowhere.
-- $1 text town · $2 jsonb array of {incident_id, position: hex EWKB or null} · $3 text hash of the rules
-- index: incidents_pk
-- scope: none, an import or a report runs for the system
update wangge.incidents i
set shown_position = given.position::geometry, shown_under = $3
from jsonb_to_recordset($2) as given (incident_id text, position text)
where i.town_id = $1 and i.incident_id = given.incident_id

-- The incident that was entered under a key.
-- $1 text town · $2 text entry key
-- row: incident_id, category, description, occurred_at, longitude, latitude, entered_by
-- index: incidents_entry_key
-- scope: none, asked only by whoever offers the same again; row-level security stands behind
select incident_id, category, description, occurred_at, st_x(position) as longitude, st_y(position) as latitude, entered_by
from wangge.incidents
where town_id = $1 and entry_key = $2

-- Every household of a town as a point.
-- $1 text town
-- row: household_id text, longitude double precision, latitude double precision
-- index: households_pk
-- scope: none, matching and checking run for the system; only ids and positions, no person
select household_id, ST_X(position) as longitude, ST_Y(position) as latitude
from wangge.households
where town_id = $1
order by household_id

-- Every registered place of a town as a point.
-- $1 text town
-- row: place_id, longitude, latitude
-- index: places_pk
-- scope: none, matching runs for the system; only ids and positions
select place_id, st_x(position) as longitude, st_y(position) as latitude
from wangge.places
where town_id = $1
order by place_id

-- Ids of the places of some towns.
-- $1 text[] towns
-- row: town_id text, id text
-- index: places_pk
-- scope: none, an import runs for the system
select town_id, place_id as id
from wangge.places
where town_id = any ($1)

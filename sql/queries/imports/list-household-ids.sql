-- Ids of the households of some towns.
-- $1 text[] towns
-- row: town_id text, id text
-- index: households_pk
-- scope: none, an import runs for the system
select town_id, household_id as id
from wangge.households
where town_id = any ($1)

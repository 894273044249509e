-- Intervals of the rosters of some towns, under the key within which they must not overlap.
-- $1 text[] towns
-- row: town_id text, key text[] (household), valid_from timestamptz, valid_to timestamptz or null
-- index: roster_pk
-- scope: none, an import runs for the system
select town_id, array[household_id] as key, valid_from, valid_to
from wangge.roster
where town_id = any ($1)

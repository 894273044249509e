-- Which of some towns have patrol days.
-- $1 text[] towns
-- row: town_id text
-- index: patrol_days_pk
-- scope: none, an import runs for the system
select given.town_id
from unnest($1::text[]) as given (town_id)
cross join lateral (select from wangge.patrol_days p where p.town_id = given.town_id limit 1) patrolled

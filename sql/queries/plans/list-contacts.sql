-- Who keeps contact with some households at a moment or after it.
-- $1 text town · $2 text[] households · $3 timestamptz the moment
-- row: household_id, worker_id, valid_from timestamptz, valid_to timestamptz or null
-- index: roster_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select household_id, worker_id, valid_from, valid_to
from wangge.roster
where town_id = $1 and household_id = any ($2) and (valid_to is null or $3 < valid_to)
order by household_id, valid_from

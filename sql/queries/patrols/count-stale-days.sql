-- How many worker days wait to be matched again.
-- row: days integer
-- index: stale_days_pk
-- scope: none, the service itself catches up
select count(*)::integer as days
from wangge.stale_days

-- Marks the days of a joint patrol on which there are traces: their evidence changes.
-- $1 text town · $2 date from · $3 date to, exclusive
-- index: day_sketches_pk
-- scope: none, written with the change that makes the days stale
insert into wangge.stale_evidence (town_id, day)
select distinct $1, day
from wangge.day_sketches
where town_id = $1 and day >= $2 and day < $3
on conflict (town_id, day) do update set day = excluded.day

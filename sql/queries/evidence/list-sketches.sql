-- Sketches of a town's days: where people met, of the day itself; the shapes of its traces, of the days before as well.
-- $1 text town · $2 date the day · $3 integer days before it
-- row: worker_id, day, meetings (empty but on the day), landmarks
-- index: day_sketches_pk
-- scope: none, comparing runs for the system
select worker_id, day, case when day = $2::date then meetings else '' end as meetings, landmarks
from wangge.day_sketches
where town_id = $1 and day >= $2::date - $3::integer and day <= $2::date
order by day, worker_id

-- Where a worker was around a moment.
-- $1 text town · $2 text worker · $3 timestamptz from · $4 timestamptz to, exclusive
-- row: longitude, latitude, accuracy_metres or null
-- index: fixes_pk
-- scope: none, only the judgement leaves the service; the subject was found in the viewer's scope
select longitude, latitude, accuracy_metres
from wangge.fixes
where town_id = $1 and worker_id = $2 and fixed_at >= $3 and fixed_at < $4
order by fixed_at

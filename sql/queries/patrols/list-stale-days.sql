-- Worker days to match again after a key, in the order of the key.
-- $1 text[] towns, null = all · $2 text town, null = from the first · $3 text worker · $4 date local day
-- $5 integer at most so many
-- row: town_id text, worker_id text, day date
-- index: stale_days_pk
-- scope: none, the service itself catches up
select town_id, worker_id, day
from wangge.stale_days
where ($1::text[] is null or town_id = any ($1))
  and ($2::text is null or (town_id, worker_id, day) > ($2, $3, $4::date))
order by town_id, worker_id, day
limit $5

-- Notes batches of fixes by their idempotency keys; a row for each that was not taken before.
-- $1 text town · $2 text[] keys, distinct · $3 timestamptz[] now · $4 integer[] fixes
-- row: batch_key text
-- index: fix_batches_pk
-- scope: none, a device's authority over the town is checked by the route
insert into wangge.fix_batches (town_id, batch_key, received_at, fixes)
select $1, given.batch_key, given.received_at, given.fixes
from unnest($2::text[], $3::timestamptz[], $4::integer[]) as given (batch_key, received_at, fixes)
order by given.batch_key -- two groups with the same keys must not wait for each other
on conflict (town_id, batch_key) do nothing
returning batch_key

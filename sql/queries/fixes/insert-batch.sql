-- Notes a batch of fixes by its idempotency key; no row when the key was taken before.
-- $1 text town · $2 text key · $3 timestamptz now · $4 integer fixes
-- row: batch_key text
-- index: fix_batches_pk
-- scope: none, a device's authority over the town is checked by the route
insert into wangge.fix_batches (town_id, batch_key, received_at, fixes)
values ($1, $2, $3, $4)
on conflict (town_id, batch_key) do nothing
returning batch_key

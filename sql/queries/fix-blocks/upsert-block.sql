-- Writes a worker's block of a day in place of what stood there.
-- $1 text town · $2 text worker · $3 date local day · $4 integer fixes · $5 timestamptz first · $6 timestamptz last
-- $7 date local day of today · $8 bytea the block
-- index: fix_blocks_pk
-- scope: none, packing runs for the system
insert into wangge.fix_blocks (town_id, worker_id, day, fixes, first_at, last_at, packed_on, packed)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (town_id, worker_id, day) do update set
  fixes = excluded.fixes,
  first_at = excluded.first_at,
  last_at = excluded.last_at,
  packed_on = excluded.packed_on,
  packed = excluded.packed

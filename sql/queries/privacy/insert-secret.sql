-- Gives a town a secret; nothing where it has one.
-- $1 text town · $2 text secret · $3 timestamptz now
-- index: displacement_keys_pk
-- scope: none, never leaves the service
insert into wangge.displacement_keys (town_id, secret, made_at)
values ($1, $2, $3)
on conflict (town_id) do nothing

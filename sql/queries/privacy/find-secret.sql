-- What private places of a town are moved by.
-- $1 text town
-- row: secret
-- index: displacement_keys_pk
-- scope: none, never leaves the service
select secret from wangge.displacement_keys where town_id = $1

-- What the check-in codes of a town are signed with.
-- $1 text town
-- row: secret
-- index: check_in_keys_pk
-- scope: none, never leaves the service
select secret from wangge.check_in_keys where town_id = $1

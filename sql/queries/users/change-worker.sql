-- Says which worker an account is, or that it is none's.
-- $1 text login; $2 text township, $3 text worker, both null = none
-- index: users_pk
-- scope: none, the command line manages users for the whole service
update wangge.users
set worker_town = $2, worker_id = $3
where login = $1

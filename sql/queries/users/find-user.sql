-- One user with the hash of the password.
-- $1 text login
-- row: login, display_name, role, areas text[] or null = all, worker_town, worker_id both or none null, password_hash, created_at, disabled_at
-- index: users_pk
-- scope: none, asked before anybody is known
select login, display_name, role, areas, worker_town, worker_id, password_hash, created_at, disabled_at
from wangge.users
where login = $1

-- One user with the hash of the password.
-- $1 text login
-- row: login, display_name, role, areas text[] or null = all, password_hash, created_at, disabled_at
-- index: users_pk
-- scope: none, asked before anybody is known
select login, display_name, role, areas, password_hash, created_at, disabled_at
from wangge.users
where login = $1

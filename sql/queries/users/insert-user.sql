-- Adds a user; no row when the login is taken.
-- $1 text login, $2 text display name or null, $3 text role, $4 text[] areas or null = all, $5 text hash of the password
-- $6 timestamptz now; $7 text township and $8 text id of the worker, or both null
-- row: login
-- scope: none, the command line manages users for the whole service
insert into wangge.users (login, display_name, role, areas, password_hash, created_at, worker_town, worker_id)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (login) do nothing
returning login

-- Adds a user; no row when the login is taken.
-- $1 text login, $2 text display name or null, $3 text role, $4 text[] areas or null = all, $5 text hash of the password
-- $6 timestamptz now
-- row: login
-- scope: none, the command line manages users for the whole service
insert into wangge.users (login, display_name, role, areas, password_hash, created_at)
values ($1, $2, $3, $4, $5, $6)
on conflict (login) do nothing
returning login

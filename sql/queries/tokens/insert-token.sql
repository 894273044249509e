-- Adds a bearer token to a user; no row when the user has one of that name.
-- $1 text login, $2 text name, $3 text SHA-256 of the token, $4 timestamptz now, $5 timestamptz when it ends
-- row: name
-- scope: none, the command line manages users for the whole service
insert into wangge.tokens (login, name, token_hash, created_at, expires_at)
values ($1, $2, $3, $4, $5)
on conflict (login, name) do nothing
returning name

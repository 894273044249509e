-- Begins a session.
-- $1 text SHA-256 of its secret, $2 text login, $3 timestamptz now, $4 timestamptz when it ends at the latest
-- scope: none, the sign-in acts for the service
insert into wangge.sessions (session_hash, login, created_at, last_seen_at, expires_at)
values ($1, $2, $3, $3, $4)

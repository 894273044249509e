-- Ends a session and tells whose it was.
-- $1 text SHA-256 of its secret
-- row: login
-- index: sessions_pk
-- scope: none, the secret is the permission
delete from wangge.sessions
where session_hash = $1
returning login

-- Notes that a session was used.
-- $1 text SHA-256 of its secret, $2 timestamptz now
-- index: sessions_pk
-- scope: none, asked before anybody is known
update wangge.sessions
set last_seen_at = $2
where session_hash = $1 and last_seen_at < $2

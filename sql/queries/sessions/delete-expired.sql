-- Removes sessions nobody can use any more.
-- $1 timestamptz now, $2 timestamptz sessions last seen before this are over
-- index: none, expired sessions are few
-- scope: none, the sign-in acts for the service
delete from wangge.sessions
where expires_at <= $1 or last_seen_at <= $2

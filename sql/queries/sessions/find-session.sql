-- A session with its user, unless the user is disabled; the caller judges its age.
-- $1 text SHA-256 of its secret
-- row: login, display_name, role, areas text[] or null = all, worker_town, worker_id both or none null, last_seen_at, expires_at
-- index: sessions_pk, users_pk
-- scope: none, asked before anybody is known
select u.login, u.display_name, u.role, u.areas, u.worker_town, u.worker_id, s.last_seen_at, s.expires_at
from wangge.sessions s
join wangge.users u on u.login = s.login
where s.session_hash = $1 and u.disabled_at is null

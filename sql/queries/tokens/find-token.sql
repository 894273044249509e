-- A bearer token with its user, unless the user is disabled; the caller judges its age.
-- $1 text SHA-256 of the token
-- row: login, display_name, role, areas text[] or null = all, worker_town, worker_id both or none null, name, expires_at
-- index: tokens_hash, users_pk
-- scope: none, asked before anybody is known
select u.login, u.display_name, u.role, u.areas, u.worker_town, u.worker_id, t.name, t.expires_at
from wangge.tokens t
join wangge.users u on u.login = t.login
where t.token_hash = $1 and u.disabled_at is null

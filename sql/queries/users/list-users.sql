-- All users with when they were last seen in a session that still stands.
-- row: login, display_name, role, areas text[] or null = all, worker_town, worker_id both or none null, created_at, disabled_at, last_seen_at or null, tokens text[]
-- index: none, users are few
-- scope: none, the command line manages users for the whole service
select u.login, u.display_name, u.role, u.areas, u.worker_town, u.worker_id, u.created_at, u.disabled_at,
  (select max(s.last_seen_at) from wangge.sessions s where s.login = u.login) as last_seen_at,
  array(select t.name from wangge.tokens t where t.login = u.login order by t.name) as tokens
from wangge.users u
order by u.login

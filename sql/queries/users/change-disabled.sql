-- Disables a user from a moment on, or enables again; one disabled before keeps the first moment.
-- $1 text login, $2 timestamptz the moment, null = enable
-- index: users_pk
-- scope: none, the command line manages users for the whole service
update wangge.users
set disabled_at = case when $2::timestamptz is null then null else coalesce(disabled_at, $2) end
where login = $1

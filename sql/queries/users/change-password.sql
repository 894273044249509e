-- Keeps another hash of a user's password, provided it is still the one that was read.
-- $1 text login, $2 text the new hash, $3 text the hash it replaces, null = whichever
-- index: users_pk
-- scope: none, the sign-in and the command line act for the service
update wangge.users
set password_hash = $2
where login = $1 and ($3::text is null or password_hash = $3)

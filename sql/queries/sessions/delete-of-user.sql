-- Ends the sessions of a user, but for one.
-- $1 text login, $2 text SHA-256 of the secret of the one that stays, null = none stays
-- index: sessions_login
-- scope: none, the sign-in and the command line act for the service
delete from wangge.sessions
where login = $1 and ($2::text is null or session_hash <> $2)

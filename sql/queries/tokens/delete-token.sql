-- Takes a user's bearer token back.
-- $1 text login, $2 text name of the token, null = all of the user's
-- index: tokens_pk
-- scope: none, the command line manages users for the whole service
delete from wangge.tokens
where login = $1 and ($2::text is null or name = $2)

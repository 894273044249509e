-- Whether there is a user, disabled ones included: from the first one on, requests must say who they are.
-- row: any_user boolean
-- index: users_pk
-- scope: none, asked before anybody is known
select exists (select from wangge.users) as any_user

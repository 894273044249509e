-- Writes one line of the ledger of accounts.
-- $1 timestamptz now, $2 text action, $3 text login or null, $4 text who did it, $5 text address or null
-- scope: none, the ledger is of the whole service
insert into wangge.account_log (happened_at, action, login, actor, address)
values ($1, $2, $3, $4, $5)

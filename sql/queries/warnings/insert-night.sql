-- Notes that a night was looked at; nothing when it was before.
-- $1 text town · $2 date night · $3 integer warnings found · $4 timestamptz now
-- index: warning_nights_pk
-- scope: none, the nightly watch runs for the system
insert into wangge.warning_nights (town_id, night, found, looked_at)
values ($1, $2, $3, $4)
on conflict do nothing

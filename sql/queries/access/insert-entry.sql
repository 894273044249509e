-- Notes that a viewer read personal data in the clear; never the data itself.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused here)
-- $3 text town, $4 timestamptz the moment, $5 text viewer, $6 text action, $7 text subject
insert into wangge.access_log (town_id, happened_at, viewer, action, subject)
select $3, $4, $5, $6, $7
where ($1::text[] is null or $3 = any ($1)) and ($2::text[] is null or true)

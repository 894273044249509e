-- Lets one transaction at a time give out ids of devices: an id is one device in the whole service, which no key of a town's table says.
-- row: locked boolean
-- index: none
-- scope: none, it reads nothing
select pg_advisory_xact_lock(7466402) is null as locked

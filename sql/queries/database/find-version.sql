-- The version of everything stored: which transactions a query would see. Two equal versions mean equal content.
-- (On Citus a worker may have moved on while the coordinator has not: there it is no version.)
-- scope: none, it tells nothing but whether something changed
-- row: version text
-- index: none
select pg_current_snapshot()::text as version

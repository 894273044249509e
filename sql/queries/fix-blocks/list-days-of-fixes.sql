-- Local days before the one given that have a partition of fixes.
-- $1 date the first day not asked for
-- row: day date
-- index: none, catalog only
-- scope: none, a partition belongs to no town
-- The planner may ask the name of every relation before it joins: of one that is no partition the pattern makes null.
select to_date(substring(relname from '^fixes_([0-9]{8})$'), 'YYYYMMDD') as day
from pg_inherits
join pg_class on pg_class.oid = inhrelid
where inhparent = 'wangge.fixes'::regclass and to_date(substring(relname from '^fixes_([0-9]{8})$'), 'YYYYMMDD') < $1::date
order by day

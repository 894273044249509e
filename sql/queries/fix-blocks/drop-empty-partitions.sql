-- Drops partitions that hold nothing any more, of days before the one given.
-- $1 text table, wangge.fixes or wangge.fix_blocks · $2 date the first day to keep
-- row: dropped integer
-- index: none, catalog only
-- scope: none, a partition belongs to no town
select wangge.drop_empty_partitions($1::text::regclass, $2::date) as dropped

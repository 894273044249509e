-- Creates the daily partitions that fixes of these local days need, where missing.
-- $1 date[] local days in Asia/Shanghai
-- row: created integer
-- index: none, catalog only
-- scope: none, a partition belongs to no town
select wangge.ensure_fix_partitions($1::date[]) as created

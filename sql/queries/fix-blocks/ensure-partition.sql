-- Creates the partition that blocks of a local day need, where missing.
-- $1 date local day
-- row: created boolean
-- index: none, catalog only
-- scope: none, a partition belongs to no town
select wangge.ensure_block_partition($1::date) as created

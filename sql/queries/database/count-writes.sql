-- Counts a transaction for each table it wrote to. Its last statement: the rows stay locked until it ends.
-- $1 text[] names of the tables, always taken in the same order, so that two transactions never wait for each other
-- scope: none, it tells nothing but that something changed
insert into wangge.table_versions (table_name, version)
select name, 1 from unnest($1::text[]) name order by name
on conflict (table_name) do update set version = wangge.table_versions.version + 1

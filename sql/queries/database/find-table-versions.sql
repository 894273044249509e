-- The version of some tables: how many transactions have written to each. With the day, on which dated policies begin and end.
-- $1 text[] names of the tables
-- scope: none, it tells nothing but whether something changed
-- row: version text
-- index: table_versions_pk
select string_agg(coalesce(v.version, 0)::text, '.' order by name)
  || ' ' || (now() at time zone 'Asia/Shanghai')::date as version
from unnest($1::text[]) name
left join wangge.table_versions v on v.table_name = name

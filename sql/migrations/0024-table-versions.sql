-- How often what kept answers are made of has changed, so that they are made anew when it has, and not with every position of a phone.

create table wangge.table_versions (
  table_name text not null,
  version bigint not null,
  constraint table_versions_pk primary key (table_name)
);

comment on table wangge.table_versions is 'Transactions that wrote to a table, counted in each of them by whoever sends its statements (server/db/table-versions.ts).';

select wangge.replicate('wangge.table_versions');

grant select, insert, update on wangge.table_versions to wangge_all, wangge_town;

-- Whether anything that analyses read has changed: a fix that comes in changes none of their answers.

create table wangge.analysed_changes (
  entry_id bigint generated always as identity,
  changes bigint not null default 1,
  constraint analysed_changes_pk primary key (entry_id)
);

comment on table wangge.analysed_changes is 'Writes of incidents, households, grids, areas and policies. Each adds a row of its own, so that none waits for another; the sum of those seen is the version of what an analysis reads. Once an hour the rows become one with the same sum.';

-- Whoever may write what is watched may leave this mark, and nothing else.
create function wangge.note_analysed_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wangge.analysed_changes default values;
  return null;
end
$$;

-- On Citus a distributed table has no triggers; there the version is that of everything stored.
do $$
declare
  watched text;
begin
  if exists (select from pg_extension where extname = 'citus') then
    return;
  end if;
  foreach watched in array array['incidents', 'households', 'grids', 'areas', 'policies'] loop
    execute format('create trigger %I after insert or update or delete or truncate on wangge.%I'
      ' for each statement execute function wangge.note_analysed_change()', watched || '_analysed', watched);
  end loop;
end
$$;

grant select on wangge.analysed_changes to wangge_all, wangge_town;

grant insert, delete on wangge.analysed_changes to wangge_all;

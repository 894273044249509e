-- Drops partitions of wangge.fixes and wangge.fix_blocks that hold nothing and whose day ended before the one given.
-- The name of any relation may be read before the join (a toast table's too): of one that is no partition the pattern makes null.
-- A partition is locked before it is looked into: what comes in meanwhile waits, or is in it and keeps it.
create or replace function wangge.drop_empty_partitions(parent regclass, before date) returns integer
language plpgsql
security definer
set search_path = pg_catalog, public
as $$
declare
  child regclass;
  is_empty boolean;
  dropped integer := 0;
begin
  if parent not in ('wangge.fixes'::regclass, 'wangge.fix_blocks'::regclass) then
    raise exception 'not partitioned by day: %', parent;
  end if;
  for child in
    select inhrelid::regclass
    from pg_inherits
    join pg_class on pg_class.oid = inhrelid
    where inhparent = parent and to_date(substring(relname from '^fix(?:es|_blocks)_([0-9]{8})$'), 'YYYYMMDD') < before
    order by relname
  loop
    execute format('select not exists (select from %s)', child) into is_empty;
    continue when not is_empty;
    execute format('lock table %s in access exclusive mode', parent);
    execute format('select not exists (select from %s)', child) into is_empty;
    if is_empty then
      execute format('drop table %s', child);
      dropped := dropped + 1;
    end if;
  end loop;
  return dropped;
end
$$;

comment on function wangge.drop_empty_partitions(regclass, date) is
  'Drops partitions by day that hold nothing any more; returns how many.';

-- Creates the partition of wangge.fix_blocks for a local day, where missing. Callers hold the transaction in which they insert.
create or replace function wangge.ensure_block_partition(day date) returns boolean
language plpgsql
security definer
set search_path = pg_catalog, public
as $$
declare
  relation text := 'fix_blocks_' || to_char(day, 'YYYYMMDD');
begin
  if to_regclass('wangge.' || relation) is not null then
    return false;
  end if;
  perform pg_advisory_xact_lock(7466402);
  -- Whoever made it while this transaction waited has committed, but what this session looked up before may still stand for it.
  begin
    execute format('create table wangge.%I partition of wangge.fix_blocks for values from (%L) to (%L)', relation, day, day + 1);
    execute format('alter table wangge.%I enable row level security', relation);
    execute format('alter table wangge.%I alter column packed set storage external', relation);
  exception when duplicate_table then
    return false;
  end;
  return true;
end
$$;

comment on function wangge.ensure_block_partition(date) is
  'Creates the missing partition of wangge.fix_blocks for a local day; returns whether it did.';

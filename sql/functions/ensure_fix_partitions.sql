-- Creates the daily partitions of wangge.fixes for the local days given, where missing.
-- $1 local days in Asia/Shanghai. Callers hold the transaction in which they insert.
create or replace function wangge.ensure_fix_partitions(days date[]) returns integer
language plpgsql
security definer
set search_path = pg_catalog, public
as $$
declare
  day date;
  created integer := 0;
  relation text;
begin
  -- Almost always they are there: then nobody waits for anybody.
  if not exists (
    select from unnest(days) as given (day) where to_regclass('wangge.fixes_' || to_char(given.day, 'YYYYMMDD')) is null)
  then
    return 0;
  end if;
  -- Two imports of the same day would both find the partition missing.
  perform pg_advisory_xact_lock(7466401);
  foreach day in array days loop
    relation := 'fixes_' || to_char(day, 'YYYYMMDD');
    if to_regclass('wangge.' || relation) is null then
      -- Whoever made it while this transaction waited has committed, but what this session looked up before may still stand for it.
      begin
        execute format(
          'create table wangge.%I partition of wangge.fixes for values from (%L) to (%L)',
          relation,
          day::timestamp at time zone 'Asia/Shanghai',
          (day + 1)::timestamp at time zone 'Asia/Shanghai');
        execute format('alter table wangge.%I enable row level security', relation);
        created := created + 1;
      exception when duplicate_table then
        null;
      end;
    end if;
  end loop;
  return created;
end
$$;

comment on function wangge.ensure_fix_partitions(date[]) is
  'Creates the missing daily partitions of wangge.fixes for local days in Asia/Shanghai; returns how many.';

-- Fixes of days gone by, packed.

create table wangge.fix_blocks (
  town_id text not null,
  worker_id text not null,
  day date not null,
  fixes integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  packed_on date not null,
  packed bytea not null,
  constraint fix_blocks_pk primary key (town_id, worker_id, day),
  constraint fix_blocks_fixes check (fixes > 0)
) partition by range (day);

comment on table wangge.fix_blocks is 'One worker''s fixes of one local day as one value, without loss (server/db/pack-fixes.ts); one partition a day. What comes in later stands in wangge.fixes until the day is packed again.';

comment on column wangge.fix_blocks.packed_on is 'Local day of the last packing: raw fixes are kept so long from here, so that what is imported late is kept as long.';

select wangge.distribute('wangge.fix_blocks');

select wangge.protect('wangge.fix_blocks');

-- Packed by deflate already.
alter table wangge.fix_blocks alter column packed set storage external;

alter table wangge.policies drop constraint policies_kind;

alter table wangge.policies add constraint policies_kind check (kind in ('patrol', 'division', 'assessment', 'retention'));

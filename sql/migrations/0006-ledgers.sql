-- Who read personal data, what was imported, which batches of fixes were accepted.

create table wangge.access_log (
  town_id text not null,
  entry_id uuid not null default gen_random_uuid(),
  happened_at timestamptz not null,
  viewer text not null,
  action text not null,
  subject text not null,
  constraint access_log_pk primary key (town_id, entry_id)
);

comment on table wangge.access_log is 'Every reading of personal data in the clear, without the data.';

select wangge.distribute('wangge.access_log');

create index access_log_happened_at on wangge.access_log (town_id, happened_at);

select wangge.protect('wangge.access_log');

create table wangge.imports (
  town_id text not null,
  import_id uuid not null default gen_random_uuid(),
  kind text not null,
  files text[] not null,
  imported_at timestamptz not null,
  viewer text not null,
  counts jsonb not null,
  constraint imports_pk primary key (town_id, import_id)
);

comment on table wangge.imports is 'What was imported, when, by whom, with which counts of added, changed, unchanged and refused records.';

select wangge.distribute('wangge.imports');

select wangge.protect('wangge.imports');

create table wangge.fix_batches (
  town_id text not null,
  batch_key text not null,
  received_at timestamptz not null,
  fixes integer not null,
  constraint fix_batches_pk primary key (town_id, batch_key)
);

comment on table wangge.fix_batches is 'Idempotency keys of batches taken by /ingest/fixes.';

select wangge.distribute('wangge.fix_batches');

select wangge.protect('wangge.fix_batches');

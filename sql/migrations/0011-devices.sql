-- What reports positions: devices, who carries them when, and what of their reports was not taken as it came.

create table wangge.devices (
  town_id text not null,
  device_id text not null,
  kind text not null,
  name text,
  coordinate_system text not null,
  key_hash text,
  registered_at timestamptz,
  added_at timestamptz not null,
  added_by text not null,
  disabled_at timestamptz,
  constraint devices_pk primary key (town_id, device_id),
  constraint devices_town_fk foreign key (town_id) references wangge.areas (area_code),
  constraint devices_id check (device_id ~ '^[^[:space:][:cntrl:],]{1,128}$'),
  constraint devices_kind check (kind in ('osmand', 'owntracks', 'jt808'))
);

comment on table wangge.devices is '定位设备: a phone or terminal by the id it reports with. Rows stay for ever; an id is one device in the whole service.';

comment on column wangge.devices.kind is 'The protocol it speaks: by another one its id is not known.';

comment on column wangge.devices.coordinate_system is 'What its coordinates are in: EPSG:4326, GCJ-02, BD-09. Fixes are kept in WGS 84; the way back is exact to 0.1 m.';

comment on column wangge.devices.key_hash is 'SHA-256 in hex of the key its requests must show; null: the id is enough.';

comment on column wangge.devices.registered_at is 'When a JT/T 808 terminal registered itself and was given its key; null where the key was set by a person.';

select wangge.distribute('wangge.devices');

create index devices_device_id on wangge.devices (device_id);

select wangge.protect('wangge.devices');

create table wangge.device_bindings (
  town_id text not null,
  device_id text not null,
  worker_id text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  bound_by text not null,
  constraint device_bindings_pk primary key (town_id, device_id, valid_from),
  constraint device_bindings_device_fk foreign key (town_id, device_id) references wangge.devices (town_id, device_id),
  constraint device_bindings_worker_fk foreign key (town_id, worker_id) references wangge.workers (town_id, worker_id),
  constraint device_bindings_interval check (valid_to is null or valid_from < valid_to),
  constraint device_bindings_one_worker_at_a_time exclude using gist
    (device_id with =, town_id with =, tstzrange(valid_from, valid_to) with &&)
);

comment on table wangge.device_bindings is 'Who carries a device, in [valid_from, valid_to): a fix belongs to the worker bound at its instant.';

select wangge.distribute('wangge.device_bindings');

create index device_bindings_worker on wangge.device_bindings (town_id, worker_id);

select wangge.protect('wangge.device_bindings');

create table wangge.device_notes (
  town_id text not null,
  device_id text not null,
  day date not null,
  code text not null,
  reports integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  example jsonb not null,
  constraint device_notes_pk primary key (town_id, device_id, day, code),
  constraint device_notes_device_fk foreign key (town_id, device_id) references wangge.devices (town_id, device_id)
);

comment on table wangge.device_notes is 'Reports that were refused or corrected: one row a device, local day of receipt and reason, so that nothing is dropped in silence and no broken device fills the disk.';

comment on column wangge.device_notes.reports is 'Requests, repeats included: a phone that is not believed may say it again.';

comment on column wangge.device_notes.example is 'The last one: its flaw, with place, message and value.';

select wangge.distribute('wangge.device_notes');

select wangge.protect('wangge.device_notes');

-- Three clocks: fixed_at is the receiver's, sent_at the device's where it says so, received_at the service's.
alter table wangge.fixes
  add column device_id text,
  add column sent_at timestamptz,
  add column received_at timestamptz,
  add column marks text[];

comment on column wangge.fixes.device_id is 'What reported it; null where a file or a program did.';

comment on column wangge.fixes.sent_at is 'Clock of the device when it sent the report, where the protocol carries it.';

comment on column wangge.fixes.received_at is 'Clock of the service when the reading that stands here came in; null where it was imported.';

comment on column wangge.fixes.marks is 'week_rollover and hemisphere: corrected so; mock: the device itself says the position is made up. Null: as it came.';

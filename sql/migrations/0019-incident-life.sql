-- Incidents with a life: who reported, who has it in hand, each step with its receipt, photos.

alter table wangge.policies drop constraint policies_kind;

alter table wangge.policies add constraint policies_kind
  check (kind in ('patrol', 'division', 'assessment', 'retention', 'evidence', 'obligation', 'incident'));

alter table wangge.incidents
  add column urgency text not null default 'ordinary',
  add column level text,
  add column reported_at timestamptz,
  add column reporter text,
  add column reporter_contact text,
  add column household_id text,
  add column place_id text,
  add column entered_by text,
  add column entry_key text,
  add column revision integer not null default 0,
  add constraint incidents_urgency check (urgency in ('ordinary', 'emergency')),
  add constraint incidents_level check (level in ('village', 'township', 'county', 'department')),
  add constraint incidents_one_subject check (num_nonnulls(household_id, place_id) < 2),
  add constraint incidents_revision check (revision >= 0);

comment on column wangge.incidents.status is 'The state (core/incidents/life). Of an incident from a file the word of the file, until the first step here.';

comment on column wangge.incidents.level is 'Who has it in hand; null: nobody said, and it is the lowest level''s, or of one passed up the next.';

comment on column wangge.incidents.reported_at is 'From then on deadlines run; null: occurred_at.';

comment on column wangge.incidents.reporter is 'Personal data, as reporter_contact: masked for everybody who does not ask to see it, and asking is noted.';

comment on column wangge.incidents.household_id is 'Where it was, as place_id. No foreign key: an incident outlives the register it named.';

comment on column wangge.incidents.entry_key is 'Given by whoever entered it: the same again is the same incident.';

comment on column wangge.incidents.revision is 'How many steps were entered here; a step names the one it was taken on.';

create unique index incidents_entry_key on wangge.incidents (town_id, entry_key) where entry_key is not null;

create index incidents_entered on wangge.incidents (town_id, reported_at) where entry_key is not null;

create index incidents_open on wangge.incidents (town_id) where status <> 'closed';

create table wangge.incident_events (
  town_id text not null,
  incident_id text not null,
  revision integer not null,
  action text not null,
  from_state text,
  to_state text not null,
  from_level text not null,
  to_level text not null,
  made_at timestamptz not null,
  made_by text not null,
  receipt text,
  note text,
  assignee text,
  constraint incident_events_pk primary key (town_id, incident_id, revision),
  constraint incident_events_incident_fk foreign key (town_id, incident_id) references wangge.incidents (town_id, incident_id),
  constraint incident_events_revision check (revision > 0)
);

comment on table wangge.incident_events is 'Steps in the life of an incident, in order, each with who took it; only ever added to. An incident from a file has none before its first step here: its beginning is told from its columns.';

comment on column wangge.incident_events.from_state is 'Null: the report.';

comment on column wangge.incident_events.assignee is 'Who has to handle it: a login, a worker''s id or a department.';

select wangge.distribute('wangge.incident_events');

select wangge.protect('wangge.incident_events');

create table wangge.incident_photos (
  town_id text not null,
  incident_id text not null,
  photo_id text not null,
  media_type text not null,
  picture bytea not null,
  width integer not null,
  height integer not null,
  added_at timestamptz not null,
  added_by text not null,
  constraint incident_photos_pk primary key (town_id, incident_id, photo_id),
  constraint incident_photos_incident_fk foreign key (town_id, incident_id) references wangge.incidents (town_id, incident_id),
  constraint incident_photos_type check (media_type in ('image/jpeg', 'image/png')),
  constraint incident_photos_size check (octet_length(picture) between 1 and 8000000)
);

comment on table wangge.incident_photos is 'Photos without what cameras write beside the picture: place, owner, device.';

comment on column wangge.incident_photos.photo_id is 'SHA-256 of the picture as it is kept, the first 32 hexadecimal digits: the same photo twice is one.';

select wangge.distribute('wangge.incident_photos');

select wangge.protect('wangge.incident_photos');

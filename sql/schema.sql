-- Made by `npm run bless` from sql/migrations and sql/functions; for reading, not for running.

create table wangge.access_log (
  town_id text not null,
  entry_id uuid default gen_random_uuid() not null,
  happened_at timestamp with time zone not null,
  viewer text not null,
  action text not null,
  subject text not null,
  constraint access_log_pk PRIMARY KEY (town_id, entry_id)
);

CREATE INDEX access_log_happened_at ON wangge.access_log USING btree (town_id, happened_at);

alter table wangge.access_log enable row level security;

create policy all_towns on wangge.access_log to wangge_all using (true) with check (true);

create policy own_towns on wangge.access_log to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.access_log to wangge_all;

grant delete, insert, select, update on wangge.access_log to wangge_town;

comment on table wangge.access_log is 'Every reading of personal data, without the data: in the clear, found by words, traces, positions now, evidence.';

create table wangge.account_log (
  entry_id uuid default gen_random_uuid() not null,
  happened_at timestamp with time zone not null,
  action text not null,
  login text,
  actor text not null,
  address text,
  constraint account_log_pk PRIMARY KEY (entry_id)
);

CREATE INDEX account_log_happened_at ON wangge.account_log USING btree (happened_at);

comment on table wangge.account_log is 'Every sign-in, failure and sign-out, and every change of an account; access_log holds what was read, by town.';

comment on column wangge.account_log.login is 'The account; null when no account has the name that was typed, which may have been a password.';

create table wangge.areas (
  area_code text not null,
  parent_code text,
  level text not null,
  name text not null,
  town_id text,
  lineage text[] not null,
  boundary geometry(MultiPolygon,4326),
  constraint areas_pk PRIMARY KEY (area_code),
  constraint areas_parent_fk FOREIGN KEY (parent_code) REFERENCES wangge.areas(area_code),
  constraint areas_code_not_blank CHECK ((area_code ~ '^[^[:space:][:cntrl:],]+$'::text)),
  constraint areas_level CHECK ((level = ANY (ARRAY['county'::text, 'township'::text, 'village'::text]))),
  constraint areas_lineage_ends_in_itself CHECK ((lineage[array_upper(lineage, 1)] = area_code)),
  constraint areas_town CHECK ((((level = 'county'::text) = (town_id IS NULL)) AND ((level <> 'township'::text) OR (town_id = area_code))))
);

CREATE INDEX areas_boundary ON wangge.areas USING gist (boundary);

CREATE INDEX areas_lineage ON wangge.areas USING gin (lineage);

grant delete, insert, select, update on wangge.areas to wangge_all;

grant select on wangge.areas to wangge_town;

comment on table wangge.areas is '行政区: county, township or sub-district, village or community.';

comment on column wangge.areas.town_id is 'The township this area is or lies in: tenancy and distribution key. Null for a county.';

comment on column wangge.areas.lineage is 'Codes from the root of the tree down to this area itself.';

create table wangge.assignments (
  town_id text not null,
  worker_id text not null,
  grid_code text not null,
  role text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  constraint assignments_no_overlap_in_time EXCLUDE USING gist (worker_id WITH =, grid_code WITH =, town_id WITH =, role WITH =, tstzrange(valid_from, valid_to) WITH &&),
  constraint assignments_pk PRIMARY KEY (town_id, worker_id, grid_code, role, valid_from),
  constraint assignments_worker_fk FOREIGN KEY (town_id, worker_id) REFERENCES wangge.workers(town_id, worker_id),
  constraint assignments_interval CHECK (((valid_to IS NULL) OR (valid_from < valid_to))),
  constraint assignments_role CHECK ((role = ANY (ARRAY['leader'::text, 'full_time'::text, 'part_time'::text, 'instructor'::text, 'informant'::text])))
);

CREATE INDEX assignments_grid ON wangge.assignments USING btree (town_id, grid_code);

alter table wangge.assignments enable row level security;

create policy all_towns on wangge.assignments to wangge_all using (true) with check (true);

create policy own_towns on wangge.assignments to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.assignments to wangge_all;

grant delete, insert, select, update on wangge.assignments to wangge_town;

comment on table wangge.assignments is 'Which worker answers for which grid in which role, in [valid_from, valid_to).';

create table wangge.buildings (
  town_id text not null,
  building_id text not null,
  name text,
  floors integer,
  boundary geometry(MultiPolygon,4326) not null,
  constraint buildings_pk PRIMARY KEY (town_id, building_id),
  constraint buildings_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code)
);

CREATE INDEX buildings_boundary ON wangge.buildings USING gist (boundary);

alter table wangge.buildings enable row level security;

create policy all_towns on wangge.buildings to wangge_all using (true) with check (true);

create policy own_towns on wangge.buildings to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.buildings to wangge_all;

grant delete, insert, select, update on wangge.buildings to wangge_town;

comment on table wangge.buildings is '建筑物: footprints.';

create table wangge.check_in_keys (
  town_id text not null,
  secret text not null,
  made_at timestamp with time zone not null,
  constraint check_in_keys_pk PRIMARY KEY (town_id),
  constraint check_in_keys_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code)
);

alter table wangge.check_in_keys enable row level security;

create policy all_towns on wangge.check_in_keys to wangge_all using (true) with check (true);

create policy own_towns on wangge.check_in_keys to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.check_in_keys to wangge_all;

grant delete, insert, select, update on wangge.check_in_keys to wangge_town;

comment on table wangge.check_in_keys is 'What check-in codes are signed with, made when the first sheet of codes is. Never leaves the service.';

create table wangge.closed_months (
  town_id text not null,
  worker_id text not null,
  month date not null,
  closed_at timestamp with time zone not null,
  closed_by text not null,
  sheet jsonb not null,
  policy jsonb not null,
  reopened_at timestamp with time zone,
  reopened_by text,
  reopen_reason text,
  remark text,
  constraint closed_months_pk PRIMARY KEY (town_id, worker_id, month, closed_at),
  constraint closed_months_worker_fk FOREIGN KEY (town_id, worker_id) REFERENCES wangge.workers(town_id, worker_id),
  constraint closed_months_first_day CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
  constraint closed_months_remark_not_blank CHECK ((remark ~ '[^[:space:]]'::text)),
  constraint closed_months_reopened CHECK ((num_nulls(reopened_at, reopened_by, reopen_reason) = ANY (ARRAY[0, 3])))
);

alter table wangge.closed_months enable row level security;

create policy all_towns on wangge.closed_months to wangge_all using (true) with check (true);

create policy own_towns on wangge.closed_months to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.closed_months to wangge_all;

grant delete, insert, select, update on wangge.closed_months to wangge_town;

comment on table wangge.closed_months is 'Monthly sheets as they were signed off. A month is closed for a worker while the newest row was not reopened.';

comment on column wangge.closed_months.remark is 'What whoever closed it had to say; null: nothing.';

create table wangge.day_sketches (
  town_id text not null,
  day date not null,
  worker_id text not null,
  meetings text not null,
  landmarks text not null,
  constraint day_sketches_pk PRIMARY KEY (town_id, day, worker_id)
);

alter table wangge.day_sketches enable row level security;

create policy all_towns on wangge.day_sketches to wangge_all using (true) with check (true);

create policy own_towns on wangge.day_sketches to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.day_sketches to wangge_all;

grant delete, insert, select, update on wangge.day_sketches to wangge_town;

comment on table wangge.day_sketches is 'What is kept of a worker day to find the few others worth comparing it with; written with the patrol day, a hundredth of its fixes.';

comment on column wangge.day_sketches.meetings is 'Moment, row and column of each second minute on the move: 32-bit integers, little end first, base64.';

comment on column wangge.day_sketches.landmarks is 'Hash and second of the day of each landmark of the shape: 32-bit integers, little end first, base64.';

create table wangge.device_bindings (
  town_id text not null,
  device_id text not null,
  worker_id text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  bound_by text not null,
  constraint device_bindings_one_worker_at_a_time EXCLUDE USING gist (device_id WITH =, town_id WITH =, tstzrange(valid_from, valid_to) WITH &&),
  constraint device_bindings_pk PRIMARY KEY (town_id, device_id, valid_from),
  constraint device_bindings_device_fk FOREIGN KEY (town_id, device_id) REFERENCES wangge.devices(town_id, device_id),
  constraint device_bindings_worker_fk FOREIGN KEY (town_id, worker_id) REFERENCES wangge.workers(town_id, worker_id),
  constraint device_bindings_interval CHECK (((valid_to IS NULL) OR (valid_from < valid_to)))
);

CREATE INDEX device_bindings_worker ON wangge.device_bindings USING btree (town_id, worker_id);

alter table wangge.device_bindings enable row level security;

create policy all_towns on wangge.device_bindings to wangge_all using (true) with check (true);

create policy own_towns on wangge.device_bindings to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.device_bindings to wangge_all;

grant delete, insert, select, update on wangge.device_bindings to wangge_town;

comment on table wangge.device_bindings is 'Who carries a device, in [valid_from, valid_to): a fix belongs to the worker bound at its instant.';

create table wangge.device_notes (
  town_id text not null,
  device_id text not null,
  day date not null,
  code text not null,
  reports integer not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  example jsonb not null,
  constraint device_notes_pk PRIMARY KEY (town_id, device_id, day, code),
  constraint device_notes_device_fk FOREIGN KEY (town_id, device_id) REFERENCES wangge.devices(town_id, device_id)
);

alter table wangge.device_notes enable row level security;

create policy all_towns on wangge.device_notes to wangge_all using (true) with check (true);

create policy own_towns on wangge.device_notes to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.device_notes to wangge_all;

grant delete, insert, select, update on wangge.device_notes to wangge_town;

comment on table wangge.device_notes is 'Reports that were refused or corrected: one row a device, local day of receipt and reason, so that nothing is dropped in silence and no broken device fills the disk.';

comment on column wangge.device_notes.reports is 'Requests, repeats included: a phone that is not believed may say it again.';

comment on column wangge.device_notes.example is 'The last one: its flaw, with place, message and value.';

create table wangge.devices (
  town_id text not null,
  device_id text not null,
  kind text not null,
  name text,
  coordinate_system text not null,
  key_hash text,
  registered_at timestamp with time zone,
  added_at timestamp with time zone not null,
  added_by text not null,
  disabled_at timestamp with time zone,
  constraint devices_pk PRIMARY KEY (town_id, device_id),
  constraint devices_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint devices_id CHECK ((device_id ~ '^[^[:space:][:cntrl:],]{1,128}$'::text)),
  constraint devices_kind CHECK ((kind = ANY (ARRAY['osmand'::text, 'owntracks'::text, 'jt808'::text])))
);

CREATE INDEX devices_device_id ON wangge.devices USING btree (device_id);

alter table wangge.devices enable row level security;

create policy all_towns on wangge.devices to wangge_all using (true) with check (true);

create policy own_towns on wangge.devices to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.devices to wangge_all;

grant delete, insert, select, update on wangge.devices to wangge_town;

comment on table wangge.devices is '定位设备: a phone or terminal by the id it reports with. Rows stay for ever; an id is one device in the whole service.';

comment on column wangge.devices.kind is 'The protocol it speaks: by another one its id is not known.';

comment on column wangge.devices.coordinate_system is 'What its coordinates are in: EPSG:4326, GCJ-02, BD-09. Fixes are kept in WGS 84; the way back is exact to 0.1 m.';

comment on column wangge.devices.key_hash is 'SHA-256 in hex of the key its requests must show; null: the id is enough.';

comment on column wangge.devices.registered_at is 'When a JT/T 808 terminal registered itself and was given its key; null where the key was set by a person.';

create table wangge.displacement_keys (
  town_id text not null,
  secret text not null,
  made_at timestamp with time zone not null,
  constraint displacement_keys_pk PRIMARY KEY (town_id),
  constraint displacement_keys_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code)
);

alter table wangge.displacement_keys enable row level security;

create policy all_towns on wangge.displacement_keys to wangge_all using (true) with check (true);

create policy own_towns on wangge.displacement_keys to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.displacement_keys to wangge_all;

grant delete, insert, select, update on wangge.displacement_keys to wangge_town;

comment on table wangge.displacement_keys is 'What private places of a town are moved by. Never leaves the service: who has it can move them back.';

create table wangge.drawn_days (
  town_id text not null,
  worker_id text not null,
  day date not null,
  packed bytea not null,
  constraint drawn_days_pk PRIMARY KEY (town_id, worker_id, day)
);

alter table wangge.drawn_days enable row level security;

create policy all_towns on wangge.drawn_days to wangge_all using (true) with check (true);

create policy own_towns on wangge.drawn_days to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.drawn_days to wangge_all;

grant delete, insert, select, update on wangge.drawn_days to wangge_town;

comment on table wangge.drawn_days is 'A worker''s day simplified to 5 m at every instant and packed (server/db/pack-fixes.ts); written with the patrol day and replaced with it. Its stretches stand in patrol_days.result.';

create table wangge.duty_records (
  town_id text not null,
  record_id text not null,
  worker_id text not null,
  kind text not null,
  from_day date not null,
  to_day date not null,
  state text not null,
  note text not null,
  entered_by text not null,
  entered_at timestamp with time zone not null,
  withdrawn_by text,
  withdrawn_at timestamp with time zone,
  constraint duty_records_pk PRIMARY KEY (town_id, record_id),
  constraint duty_records_worker_fk FOREIGN KEY (town_id, worker_id) REFERENCES wangge.workers(town_id, worker_id),
  constraint duty_records_interval CHECK ((from_day < to_day)),
  constraint duty_records_kind CHECK ((kind = ANY (ARRAY['leave'::text, 'joint_duty'::text, 'training'::text, 'phone_failure'::text, 'weather'::text, 'other'::text, 'meeting'::text, 'report'::text, 'task'::text, 'finding'::text]))),
  constraint duty_records_note_not_blank CHECK ((note ~ '[^[:space:]]'::text)),
  constraint duty_records_state CHECK (
CASE kind
    WHEN 'meeting'::text THEN (state = ANY (ARRAY['present'::text, 'excused'::text, 'missed'::text]))
    WHEN 'report'::text THEN (state = ANY (ARRAY['valid'::text, 'invalid'::text]))
    WHEN 'task'::text THEN (state = ANY (ARRAY['open'::text, 'done'::text]))
    WHEN 'finding'::text THEN (state = 'missed'::text)
    ELSE (state = 'granted'::text)
END),
  constraint duty_records_withdrawn CHECK (((withdrawn_by IS NULL) = (withdrawn_at IS NULL)))
);

CREATE INDEX duty_records_worker ON wangge.duty_records USING btree (town_id, worker_id, from_day);

alter table wangge.duty_records enable row level security;

create policy all_towns on wangge.duty_records to wangge_all using (true) with check (true);

create policy own_towns on wangge.duty_records to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.duty_records to wangge_all;

grant delete, insert, select, update on wangge.duty_records to wangge_town;

comment on table wangge.duty_records is '履职记录: days on which nothing is asked (leave, joint duty, training, phone failure, weather), meetings, valid reports, dispatched tasks, findings missed. Withdrawn, never deleted.';

comment on column wangge.duty_records.to_day is 'First day no longer meant.';

create table wangge.evidence (
  town_id text not null,
  evidence_id text not null,
  worker_id text not null,
  day date not null,
  code text not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  other_worker_id text,
  other_day date,
  other_shift_ms bigint,
  figures jsonb not null,
  stretches jsonb not null,
  constraint evidence_pk PRIMARY KEY (town_id, evidence_id),
  constraint evidence_worker_fk FOREIGN KEY (town_id, worker_id) REFERENCES wangge.workers(town_id, worker_id),
  constraint evidence_code CHECK ((code = ANY (ARRAY['carried_together'::text, 'replayed_trace'::text, 'impossible_jump'::text, 'mock_position'::text, 'no_jitter'::text, 'vehicle'::text, 'clock_skew'::text]))),
  constraint evidence_interval CHECK ((from_at <= to_at)),
  constraint evidence_other CHECK ((num_nulls(other_worker_id, other_day, other_shift_ms) = ANY (ARRAY[0, 3])))
);

CREATE INDEX evidence_day ON wangge.evidence USING btree (town_id, day, worker_id);

alter table wangge.evidence enable row level security;

create policy all_towns on wangge.evidence to wangge_all using (true) with check (true);

create policy own_towns on wangge.evidence to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.evidence to wangge_all;

grant delete, insert, select, update on wangge.evidence to wangge_town;

comment on table wangge.evidence is '疑点: what a trace gives to look into, never a verdict. Always recomputed, never changed by hand.';

comment on column wangge.evidence.evidence_id is 'Of the worker, the day, the code and the other trace: the same again when the day is matched again.';

comment on column wangge.evidence.other_shift_ms is 'Milliseconds from the other trace to this one.';

create table wangge.evidence_notes (
  town_id text not null,
  note_id text default (gen_random_uuid())::text not null,
  evidence_id text not null,
  worker_id text not null,
  day date not null,
  state text not null,
  reason text not null,
  noted_by text not null,
  noted_at timestamp with time zone not null,
  constraint evidence_notes_pk PRIMARY KEY (town_id, note_id),
  constraint evidence_notes_reason_not_blank CHECK ((reason ~ '[^[:space:]]'::text)),
  constraint evidence_notes_state CHECK ((state = ANY (ARRAY['seen'::text, 'explained'::text])))
);

CREATE INDEX evidence_notes_evidence ON wangge.evidence_notes USING btree (town_id, evidence_id);

alter table wangge.evidence_notes enable row level security;

create policy all_towns on wangge.evidence_notes to wangge_all using (true) with check (true);

create policy own_towns on wangge.evidence_notes to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.evidence_notes to wangge_all;

grant delete, insert, select, update on wangge.evidence_notes to wangge_town;

comment on table wangge.evidence_notes is 'What supervisors noted about evidence. No foreign key: notes stay when the day is matched again and when the evidence goes.';

create table wangge.fix_batches (
  town_id text not null,
  batch_key text not null,
  received_at timestamp with time zone not null,
  fixes integer not null,
  constraint fix_batches_pk PRIMARY KEY (town_id, batch_key)
);

alter table wangge.fix_batches enable row level security;

create policy all_towns on wangge.fix_batches to wangge_all using (true) with check (true);

create policy own_towns on wangge.fix_batches to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.fix_batches to wangge_all;

grant delete, insert, select, update on wangge.fix_batches to wangge_town;

comment on table wangge.fix_batches is 'Idempotency keys of batches taken by /ingest/fixes.';

create table wangge.fix_blocks (
  town_id text not null,
  worker_id text not null,
  day date not null,
  fixes integer not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  packed_on date not null,
  packed bytea not null,
  constraint fix_blocks_pk PRIMARY KEY (town_id, worker_id, day),
  constraint fix_blocks_fixes CHECK ((fixes > 0))
) partition by RANGE (day);

alter table wangge.fix_blocks enable row level security;

create policy all_towns on wangge.fix_blocks to wangge_all using (true) with check (true);

create policy own_towns on wangge.fix_blocks to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.fix_blocks to wangge_all;

grant delete, insert, select, update on wangge.fix_blocks to wangge_town;

comment on table wangge.fix_blocks is 'One worker''s fixes of one local day as one value, without loss (server/db/pack-fixes.ts); one partition a day. What comes in later stands in wangge.fixes until the day is packed again.';

comment on column wangge.fix_blocks.packed_on is 'Local day of the last packing: raw fixes are kept so long from here, so that what is imported late is kept as long.';

create table wangge.fixes (
  town_id text not null,
  worker_id text not null,
  fixed_at timestamp with time zone not null,
  longitude double precision not null,
  latitude double precision not null,
  accuracy_metres real,
  speed_metres_per_second real,
  device_id text,
  sent_at timestamp with time zone,
  received_at timestamp with time zone,
  marks text[],
  constraint fixes_pk PRIMARY KEY (town_id, worker_id, fixed_at),
  constraint fixes_latitude CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
  constraint fixes_longitude CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
) partition by RANGE (fixed_at);

alter table wangge.fixes enable row level security;

create policy all_towns on wangge.fixes to wangge_all using (true) with check (true);

create policy own_towns on wangge.fixes to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.fixes to wangge_all;

grant delete, insert, select, update on wangge.fixes to wangge_town;

comment on table wangge.fixes is '定位点: one row a GPS reading; one partition a day in Asia/Shanghai. No foreign key: a million rows are checked by one join, not a million look-ups.';

comment on column wangge.fixes.device_id is 'What reported it; null where a file or a program did.';

comment on column wangge.fixes.sent_at is 'Clock of the device when it sent the report, where the protocol carries it.';

comment on column wangge.fixes.received_at is 'Clock of the service when the reading that stands here came in; null where it was imported.';

comment on column wangge.fixes.marks is 'week_rollover and hemisphere: corrected so; mock: the device itself says the position is made up. Null: as it came.';

create table wangge.grids (
  town_id text not null,
  grid_code text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  village_code text,
  parent_code text,
  kind text not null,
  name text,
  boundary geometry(MultiPolygon,4326) not null,
  recorded_from timestamp with time zone default '-infinity'::timestamp with time zone not null,
  constraint grids_no_overlap_in_time EXCLUDE USING gist (grid_code WITH =, town_id WITH =, tstzrange(valid_from, valid_to) WITH &&),
  constraint grids_pk PRIMARY KEY (town_id, grid_code, valid_from),
  constraint grids_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint grids_village_fk FOREIGN KEY (village_code) REFERENCES wangge.areas(area_code),
  constraint grids_code_not_blank CHECK ((grid_code ~ '^[^[:space:][:cntrl:],]+$'::text)),
  constraint grids_interval CHECK (((valid_to IS NULL) OR (valid_from < valid_to))),
  constraint grids_kind CHECK ((kind = ANY (ARRAY['ordinary'::text, 'dedicated'::text, 'microgrid'::text]))),
  constraint grids_microgrid_has_parent CHECK (((kind = 'microgrid'::text) = (parent_code IS NOT NULL)))
);

CREATE INDEX grids_boundary ON wangge.grids USING gist (boundary);

alter table wangge.grids enable row level security;

create policy all_towns on wangge.grids to wangge_all using (true) with check (true);

create policy own_towns on wangge.grids to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.grids to wangge_all;

grant delete, insert, select, update on wangge.grids to wangge_town;

comment on table wangge.grids is '网格: one row a version of a grid, in force in [valid_from, valid_to).';

comment on column wangge.grids.recorded_from is 'Since when this row is believed; what was believed before stands in grids_history.';

create table wangge.grids_history (
  town_id text not null,
  grid_code text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  village_code text,
  parent_code text,
  kind text not null,
  name text,
  boundary geometry(MultiPolygon,4326) not null,
  recorded_from timestamp with time zone not null,
  recorded_to timestamp with time zone not null,
  became text not null,
  constraint grids_history_pk PRIMARY KEY (town_id, grid_code, valid_from, recorded_from),
  constraint grids_history_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint grids_history_became CHECK ((became = ANY (ARRAY['ended'::text, 'corrected'::text, 'removed'::text]))),
  constraint grids_history_recorded CHECK ((recorded_from < recorded_to))
);

alter table wangge.grids_history enable row level security;

create policy all_towns on wangge.grids_history to wangge_all using (true) with check (true);

create policy own_towns on wangge.grids_history to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.grids_history to wangge_all;

grant delete, insert, select, update on wangge.grids_history to wangge_town;

comment on table wangge.grids_history is 'Rows of wangge.grids as they were believed in [recorded_from, recorded_to).';

comment on column wangge.grids_history.became is 'ended: the grid changed, from a day on; corrected: the row had said something wrong; removed: it never came into force.';

create table wangge.ground_passes (
  town_id text not null,
  worker_id text not null,
  day date not null,
  grid_code text not null,
  kind text not null,
  subject_id text not null,
  constraint ground_passes_pk PRIMARY KEY (town_id, worker_id, day, grid_code, kind, subject_id),
  constraint ground_passes_kind CHECK ((kind = ANY (ARRAY['lane'::text, 'place'::text])))
);

CREATE INDEX ground_passes_subject ON wangge.ground_passes USING btree (town_id, kind, grid_code, subject_id, day);

alter table wangge.ground_passes enable row level security;

create policy all_towns on wangge.ground_passes to wangge_all using (true) with check (true);

create policy own_towns on wangge.ground_passes to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.ground_passes to wangge_all;

grant delete, insert, select, update on wangge.ground_passes to wangge_town;

comment on table wangge.ground_passes is 'Lanes walked and registered places within reach of a worker''s trace inside the grid, one row a local day; written with the patrol day and replaced with it. No foreign keys, as in wangge.passes.';

comment on column wangge.ground_passes.subject_id is 'Of a place its id; of a lane <road>-<number>: streets are cut into pieces of about 100 m counted along the whole street.';

create table wangge.households (
  town_id text not null,
  household_id text not null,
  village_code text,
  address text,
  head text,
  phone text,
  members integer,
  categories text[] default '{}'::text[] not null,
  must_visit boolean default false not null,
  position geometry(Point,4326) not null,
  constraint households_pk PRIMARY KEY (town_id, household_id),
  constraint households_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint households_village_fk FOREIGN KEY (village_code) REFERENCES wangge.areas(area_code),
  constraint households_members CHECK ((members >= 0))
);

CREATE INDEX households_position ON wangge.households USING gist ("position");

alter table wangge.households enable row level security;

create policy all_towns on wangge.households to wangge_all using (true) with check (true);

create policy own_towns on wangge.households to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.households to wangge_all;

grant delete, insert, select, update on wangge.households to wangge_town;

comment on table wangge.households is '户: head, phone and address are personal data: masked by default, logged when read.';

create table wangge.imports (
  town_id text not null,
  import_id uuid default gen_random_uuid() not null,
  kind text not null,
  files text[] not null,
  imported_at timestamp with time zone not null,
  viewer text not null,
  counts jsonb not null,
  constraint imports_pk PRIMARY KEY (town_id, import_id)
);

alter table wangge.imports enable row level security;

create policy all_towns on wangge.imports to wangge_all using (true) with check (true);

create policy own_towns on wangge.imports to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.imports to wangge_all;

grant delete, insert, select, update on wangge.imports to wangge_town;

comment on table wangge.imports is 'What was imported, when, by whom, with which counts of added, changed, unchanged and refused records.';

create table wangge.incident_events (
  town_id text not null,
  incident_id text not null,
  revision integer not null,
  action text not null,
  from_state text,
  to_state text not null,
  from_level text not null,
  to_level text not null,
  made_at timestamp with time zone not null,
  made_by text not null,
  receipt text,
  note text,
  assignee text,
  constraint incident_events_pk PRIMARY KEY (town_id, incident_id, revision),
  constraint incident_events_incident_fk FOREIGN KEY (town_id, incident_id) REFERENCES wangge.incidents(town_id, incident_id),
  constraint incident_events_revision CHECK ((revision > 0))
);

alter table wangge.incident_events enable row level security;

create policy all_towns on wangge.incident_events to wangge_all using (true) with check (true);

create policy own_towns on wangge.incident_events to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.incident_events to wangge_all;

grant delete, insert, select, update on wangge.incident_events to wangge_town;

comment on table wangge.incident_events is 'Steps in the life of an incident, in order, each with who took it; only ever added to. An incident from a file has none before its first step here: its beginning is told from its columns.';

comment on column wangge.incident_events.from_state is 'Null: the report.';

comment on column wangge.incident_events.assignee is 'Who has to handle it: a login, a worker''s id or a department.';

create table wangge.incident_photos (
  town_id text not null,
  incident_id text not null,
  photo_id text not null,
  media_type text not null,
  picture bytea not null,
  width integer not null,
  height integer not null,
  added_at timestamp with time zone not null,
  added_by text not null,
  constraint incident_photos_pk PRIMARY KEY (town_id, incident_id, photo_id),
  constraint incident_photos_incident_fk FOREIGN KEY (town_id, incident_id) REFERENCES wangge.incidents(town_id, incident_id),
  constraint incident_photos_size CHECK (((octet_length(picture) >= 1) AND (octet_length(picture) <= 8000000))),
  constraint incident_photos_type CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text])))
);

alter table wangge.incident_photos enable row level security;

create policy all_towns on wangge.incident_photos to wangge_all using (true) with check (true);

create policy own_towns on wangge.incident_photos to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.incident_photos to wangge_all;

grant delete, insert, select, update on wangge.incident_photos to wangge_town;

comment on table wangge.incident_photos is 'Photos without what cameras write beside the picture: place, owner, device.';

comment on column wangge.incident_photos.photo_id is 'SHA-256 of the picture as it is kept, the first 32 hexadecimal digits: the same photo twice is one.';

create table wangge.incidents (
  town_id text not null,
  incident_id text not null,
  category text not null,
  severity text,
  occurred_at timestamp with time zone not null,
  status text default 'reported'::text not null,
  description text,
  declared_grid_code text,
  position geometry(Point,4326),
  urgency text default 'ordinary'::text not null,
  level text,
  reported_at timestamp with time zone,
  reporter text,
  reporter_contact text,
  household_id text,
  place_id text,
  entered_by text,
  entry_key text,
  revision integer default 0 not null,
  shown_position geometry(Point,4326),
  shown_under text,
  constraint incidents_pk PRIMARY KEY (town_id, incident_id),
  constraint incidents_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint incidents_level CHECK ((level = ANY (ARRAY['village'::text, 'township'::text, 'county'::text, 'department'::text]))),
  constraint incidents_one_subject CHECK ((num_nonnulls(household_id, place_id) < 2)),
  constraint incidents_revision CHECK ((revision >= 0)),
  constraint incidents_urgency CHECK ((urgency = ANY (ARRAY['ordinary'::text, 'emergency'::text])))
);

CREATE INDEX incidents_entered ON wangge.incidents USING btree (town_id, reported_at) WHERE (entry_key IS NOT NULL);

CREATE UNIQUE INDEX incidents_entry_key ON wangge.incidents USING btree (town_id, entry_key) WHERE (entry_key IS NOT NULL);

CREATE INDEX incidents_occurred_at ON wangge.incidents USING btree (town_id, occurred_at);

CREATE INDEX incidents_open ON wangge.incidents USING btree (town_id) WHERE (status <> 'closed'::text);

CREATE INDEX incidents_position ON wangge.incidents USING gist ("position");

alter table wangge.incidents enable row level security;

create policy all_towns on wangge.incidents to wangge_all using (true) with check (true);

create policy own_towns on wangge.incidents to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.incidents to wangge_all;

grant delete, insert, select, update on wangge.incidents to wangge_town;

comment on table wangge.incidents is '事件、隐患、矛盾纠纷: found on patrol or told by a resident.';

comment on column wangge.incidents.status is 'The state (core/incidents/life). Of an incident from a file the word of the file, until the first step here.';

comment on column wangge.incidents.level is 'Who has it in hand; null: nobody said, and it is the lowest level''s, or of one passed up the next.';

comment on column wangge.incidents.reported_at is 'From then on deadlines run; null: occurred_at.';

comment on column wangge.incidents.reporter is 'Personal data, as reporter_contact: masked for everybody who does not ask to see it, and asking is noted.';

comment on column wangge.incidents.household_id is 'Where it was, as place_id. No foreign key: an incident outlives the register it named.';

comment on column wangge.incidents.entry_key is 'Given by whoever entered it: the same again is the same incident.';

comment on column wangge.incidents.revision is 'How many steps were entered here; a step names the one it was taken on.';

comment on column wangge.incidents.shown_position is 'Where viewers who may not see households see it: the position itself, or a place moved by a keyed displacement, always the same one. Null: not decided yet, or nowhere; no place is shown to them.';

comment on column wangge.incidents.shown_under is 'The rules it was decided by, as a hash; other rules decide anew, with the same draws. Null: not decided yet.';

create table wangge.joint_patrols (
  town_id text not null,
  joint_id text not null,
  workers text[] not null,
  from_day date not null,
  to_day date not null,
  note text not null,
  entered_by text not null,
  entered_at timestamp with time zone not null,
  withdrawn_by text,
  withdrawn_at timestamp with time zone,
  constraint joint_patrols_pk PRIMARY KEY (town_id, joint_id),
  constraint joint_patrols_interval CHECK ((from_day < to_day)),
  constraint joint_patrols_note_not_blank CHECK ((note ~ '[^[:space:]]'::text)),
  constraint joint_patrols_withdrawn CHECK (((withdrawn_by IS NULL) = (withdrawn_at IS NULL))),
  constraint joint_patrols_workers CHECK ((cardinality(workers) >= 2))
);

CREATE INDEX joint_patrols_days ON wangge.joint_patrols USING btree (town_id, from_day);

alter table wangge.joint_patrols enable row level security;

create policy all_towns on wangge.joint_patrols to wangge_all using (true) with check (true);

create policy own_towns on wangge.joint_patrols to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.joint_patrols to wangge_all;

grant delete, insert, select, update on wangge.joint_patrols to wangge_town;

comment on table wangge.joint_patrols is '联合巡查: workers who patrol together on days [from_day, to_day); their phones are not asked about. Nothing is excused by it. Withdrawn, never deleted.';

create table wangge.land (
  town_id text not null,
  land_id text not null,
  kind text not null,
  name text,
  boundary geometry(MultiPolygon,4326) not null,
  constraint land_pk PRIMARY KEY (town_id, land_id),
  constraint land_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint land_kind CHECK ((kind = ANY (ARRAY['water'::text, 'green'::text])))
);

CREATE INDEX land_boundary ON wangge.land USING gist (boundary);

alter table wangge.land enable row level security;

create policy all_towns on wangge.land to wangge_all using (true) with check (true);

create policy own_towns on wangge.land to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.land to wangge_all;

grant delete, insert, select, update on wangge.land to wangge_town;

comment on table wangge.land is '水面与绿地: the ground of the map.';

create table wangge.migrations (
  number integer not null,
  name text not null,
  hash text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migrations_pk PRIMARY KEY (number)
);

comment on table wangge.migrations is 'What was applied to this schema: migrations by number, and the functions as 0.';

create table wangge.objections (
  town_id text not null,
  objection_id text default (gen_random_uuid())::text not null,
  worker_id text not null,
  day date not null,
  claimed_from timestamp with time zone not null,
  claimed_to timestamp with time zone not null,
  claim text not null,
  entered_by text not null,
  entered_at timestamp with time zone not null,
  verdict text,
  credited_seconds integer default 0 not null,
  credited_metres double precision default 0 not null,
  reason text,
  decided_by text,
  decided_at timestamp with time zone,
  constraint objections_pk PRIMARY KEY (town_id, objection_id),
  constraint objections_worker_fk FOREIGN KEY (town_id, worker_id) REFERENCES wangge.workers(town_id, worker_id),
  constraint objections_claim_not_blank CHECK ((claim ~ '[^[:space:]]'::text)),
  constraint objections_credit CHECK (((credited_seconds >= 0) AND (credited_metres >= (0)::double precision) AND ((NOT (verdict IS DISTINCT FROM 'upheld'::text)) OR ((credited_seconds = 0) AND (credited_metres = (0)::double precision))))),
  constraint objections_decided CHECK ((num_nulls(verdict, reason, decided_by, decided_at) = ANY (ARRAY[0, 4]))),
  constraint objections_interval CHECK ((claimed_from < claimed_to)),
  constraint objections_verdict CHECK ((verdict = ANY (ARRAY['upheld'::text, 'rejected'::text])))
);

CREATE INDEX objections_worker ON wangge.objections USING btree (town_id, worker_id, day);

alter table wangge.objections enable row level security;

create policy all_towns on wangge.objections to wangge_all using (true) with check (true);

create policy own_towns on wangge.objections to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.objections to wangge_all;

grant delete, insert, select, update on wangge.objections to wangge_town;

comment on table wangge.objections is '申诉: a worker says that minutes of a day were read wrongly; a supervisor decides, with a reason. Both stay.';

create table wangge.passes (
  town_id text not null,
  worker_id text not null,
  day date not null,
  household_id text not null,
  constraint passes_pk PRIMARY KEY (town_id, worker_id, day, household_id)
);

CREATE INDEX passes_household ON wangge.passes USING btree (town_id, household_id, day);

alter table wangge.passes enable row level security;

create policy all_towns on wangge.passes to wangge_all using (true) with check (true);

create policy own_towns on wangge.passes to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.passes to wangge_all;

grant delete, insert, select, update on wangge.passes to wangge_town;

comment on table wangge.passes is 'Households within reach of a worker''s trace inside the grid, one row a local day; written with the patrol day and replaced with it. No foreign keys: both ids come from rows just read, and checking each cost two thirds of the matching.';

create table wangge.patrol_days (
  town_id text not null,
  worker_id text not null,
  day date not null,
  grid_code text not null,
  fixes integer not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  seconds_inside integer not null,
  seconds_outside integer not null,
  seconds_unobserved integer not null,
  seconds_unreliable integer not null,
  metres_inside double precision not null,
  metres_outside double precision not null,
  metres_raw double precision not null,
  rounds integer not null,
  hexagons_visited integer not null,
  hexagons_in_grid integer not null,
  households_passed integer not null,
  households_total integer not null,
  rules_met boolean,
  result jsonb not null,
  metres_inside_error double precision generated always as (((result ->> 'insideErrorMetres'::text))::double precision) stored,
  seconds_boundary double precision generated always as ((((result ->> 'boundaryMilliseconds'::text))::double precision / (1000)::double precision)) stored,
  constraint patrol_days_pk PRIMARY KEY (town_id, worker_id, day, grid_code),
  constraint patrol_days_worker_fk FOREIGN KEY (town_id, worker_id) REFERENCES wangge.workers(town_id, worker_id)
);

CREATE INDEX patrol_days_day ON wangge.patrol_days USING btree (town_id, day);

alter table wangge.patrol_days enable row level security;

create policy all_towns on wangge.patrol_days to wangge_all using (true) with check (true);

create policy own_towns on wangge.patrol_days to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.patrol_days to wangge_all;

grant delete, insert, select, update on wangge.patrol_days to wangge_town;

comment on table wangge.patrol_days is 'What one worker''s fixes of one day amount to in one grid. Always recomputed from the fixes, never incremented.';

comment on column wangge.patrol_days.result is 'The whole result with stays, hexagons, households, flags and rules, as the match command prints it, plus the ids behind the counts.';

comment on column wangge.patrol_days.metres_inside_error is 'The bound within which metres_inside is right in 95 of 100 days; null where the day was matched before it was kept.';

comment on column wangge.patrol_days.seconds_boundary is 'Seconds of seconds_inside that hang on fixes nearer to the boundary than their error radius; null as above.';

create table wangge.places (
  town_id text not null,
  place_id text not null,
  kind text not null,
  name text not null,
  address text,
  is_key boolean default false not null,
  position geometry(Point,4326) not null,
  constraint places_pk PRIMARY KEY (town_id, place_id),
  constraint places_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code)
);

CREATE INDEX places_position ON wangge.places USING gist ("position");

alter table wangge.places enable row level security;

create policy all_towns on wangge.places to wangge_all using (true) with check (true);

create policy own_towns on wangge.places to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.places to wangge_all;

grant delete, insert, select, update on wangge.places to wangge_town;

comment on table wangge.places is '重点场所: schools, clinics, workshops, rental houses, markets.';

create table wangge.plan_comments (
  town_id text not null,
  plan_id text not null,
  comment_id text default (gen_random_uuid())::text not null,
  grid_code text,
  position geometry(Point,4326),
  body text not null,
  revision integer not null,
  author text not null,
  author_role text not null,
  made_at timestamp with time zone not null,
  resolved_by text,
  resolved_at timestamp with time zone,
  constraint plan_comments_pk PRIMARY KEY (town_id, plan_id, comment_id),
  constraint plan_comments_plan_fk FOREIGN KEY (town_id, plan_id) REFERENCES wangge.plans(town_id, plan_id),
  constraint plan_comments_body_not_blank CHECK ((body ~ '[^[:space:]]'::text)),
  constraint plan_comments_resolved CHECK (((resolved_by IS NULL) = (resolved_at IS NULL)))
);

alter table wangge.plan_comments enable row level security;

create policy all_towns on wangge.plan_comments to wangge_all using (true) with check (true);

create policy own_towns on wangge.plan_comments to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.plan_comments to wangge_all;

grant delete, insert, select, update on wangge.plan_comments to wangge_town;

comment on table wangge.plan_comments is 'Remarks on a plan: on a grid, on a place, or on the whole.';

create table wangge.plan_decisions (
  town_id text not null,
  plan_id text not null,
  seq integer not null,
  kind text not null,
  grids text[],
  reason text,
  revision integer not null,
  decided_by text not null,
  decided_role text not null,
  decided_at timestamp with time zone not null,
  constraint plan_decisions_pk PRIMARY KEY (town_id, plan_id, seq),
  constraint plan_decisions_plan_fk FOREIGN KEY (town_id, plan_id) REFERENCES wangge.plans(town_id, plan_id),
  constraint plan_decisions_kind CHECK ((kind = ANY (ARRAY['submitted'::text, 'approved'::text, 'returned'::text, 'enacted'::text, 'superseded'::text, 'withdrawn'::text]))),
  constraint plan_decisions_return_has_reason CHECK (((kind <> 'returned'::text) OR (reason IS NOT NULL)))
);

alter table wangge.plan_decisions enable row level security;

create policy all_towns on wangge.plan_decisions to wangge_all using (true) with check (true);

create policy own_towns on wangge.plan_decisions to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.plan_decisions to wangge_all;

grant delete, insert, select, update on wangge.plan_decisions to wangge_town;

comment on table wangge.plan_decisions is 'Who submitted, approved, returned or put in force a plan, or some grids of it, when and why. Only ever added to.';

comment on column wangge.plan_decisions.grids is 'Codes of the grids decided on; null for the whole plan.';

create table wangge.plan_drawings (
  town_id text not null,
  plan_id text not null,
  revision integer not null,
  document text not null,
  constraint plan_drawings_pk PRIMARY KEY (town_id, plan_id),
  constraint plan_drawings_plan_fk FOREIGN KEY (town_id, plan_id) REFERENCES wangge.plans(town_id, plan_id)
);

alter table wangge.plan_drawings enable row level security;

create policy all_towns on wangge.plan_drawings to wangge_all using (true) with check (true);

create policy own_towns on wangge.plan_drawings to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.plan_drawings to wangge_all;

grant delete, insert, select, update on wangge.plan_drawings to wangge_town;

comment on table wangge.plan_drawings is 'The drawing of a plan at its revision: atoms, arcs, grids and which atom is whose. Text, because its bytes are part of what undo restores.';

create table wangge.plan_edits (
  town_id text not null,
  plan_id text not null,
  revision integer not null,
  seq integer not null,
  batch_id text not null,
  op text not null,
  edit text not null,
  inverse text not null,
  grids text[] not null,
  author text not null,
  made_at timestamp with time zone not null,
  constraint plan_edits_once UNIQUE (town_id, plan_id, batch_id, seq),
  constraint plan_edits_pk PRIMARY KEY (town_id, plan_id, revision, seq),
  constraint plan_edits_plan_fk FOREIGN KEY (town_id, plan_id) REFERENCES wangge.plans(town_id, plan_id),
  constraint plan_edits_op CHECK ((op = ANY (ARRAY['edit'::text, 'undo'::text, 'redo'::text])))
);

alter table wangge.plan_edits enable row level security;

create policy all_towns on wangge.plan_edits to wangge_all using (true) with check (true);

create policy own_towns on wangge.plan_edits to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.plan_edits to wangge_all;

grant delete, insert, select, update on wangge.plan_edits to wangge_town;

comment on table wangge.plan_edits is 'Every edit of a drawing, in order: revision, then place within its save. Nothing is taken out: an undo is a record of its own.';

comment on column wangge.plan_edits.batch_id is 'The client''s name for the save: sent twice, it is done once.';

comment on column wangge.plan_edits.grids is 'Codes of the grids it touched.';

create table wangge.plan_tasks (
  town_id text not null,
  plan_id text not null,
  task_id text not null,
  kind text not null,
  grid_code text,
  worker_id text,
  households text[] default '{}'::text[] not null,
  settled_by text,
  settled_at timestamp with time zone,
  note text,
  constraint plan_tasks_pk PRIMARY KEY (town_id, plan_id, task_id),
  constraint plan_tasks_plan_fk FOREIGN KEY (town_id, plan_id) REFERENCES wangge.plans(town_id, plan_id),
  constraint plan_tasks_kind CHECK ((kind = ANY (ARRAY['grid_without_leader'::text, 'grid_without_worker'::text, 'worker_without_grid'::text, 'roster_moved'::text, 'roster_undecided'::text]))),
  constraint plan_tasks_settled CHECK (((settled_by IS NULL) = (settled_at IS NULL)))
);

alter table wangge.plan_tasks enable row level security;

create policy all_towns on wangge.plan_tasks to wangge_all using (true) with check (true);

create policy own_towns on wangge.plan_tasks to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.plan_tasks to wangge_all;

grant delete, insert, select, update on wangge.plan_tasks to wangge_town;

comment on table wangge.plan_tasks is 'What no rule can settle when a plan is put in force: a person must.';

create table wangge.plans (
  town_id text not null,
  plan_id text default (gen_random_uuid())::text not null,
  area_code text not null,
  name text not null,
  status text default 'draft'::text not null,
  source text not null,
  based_on_plan text,
  based_on_day date,
  revision integer default 1 not null,
  effective_from date,
  effective_to date,
  compared_with text,
  note text,
  created_by text not null,
  created_at timestamp with time zone not null,
  updated_by text not null,
  updated_at timestamp with time zone not null,
  constraint plans_pk PRIMARY KEY (town_id, plan_id),
  constraint plans_area_fk FOREIGN KEY (area_code) REFERENCES wangge.areas(area_code),
  constraint plans_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint plans_based_on CHECK ((((source = ANY (ARRAY['plan'::text, 'proposal'::text])) = (based_on_plan IS NOT NULL)) AND ((source = 'division'::text) = (based_on_day IS NOT NULL)))),
  constraint plans_in_force_from CHECK (((status <> ALL (ARRAY['in_force'::text, 'superseded'::text])) OR (effective_from IS NOT NULL))),
  constraint plans_name_not_blank CHECK ((name ~ '[^[:space:]]'::text)),
  constraint plans_source CHECK ((source = ANY (ARRAY['division'::text, 'plan'::text, 'import'::text, 'proposal'::text, 'atoms'::text]))),
  constraint plans_status CHECK ((status = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'approved'::text, 'in_force'::text, 'superseded'::text, 'withdrawn'::text]))),
  constraint plans_superseded_from CHECK (((status = 'superseded'::text) = (effective_to IS NOT NULL)))
);

CREATE INDEX plans_plan_id ON wangge.plans USING btree (plan_id);

alter table wangge.plans enable row level security;

create policy all_towns on wangge.plans to wangge_all using (true) with check (true);

create policy own_towns on wangge.plans to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.plans to wangge_all;

grant delete, insert, select, update on wangge.plans to wangge_town;

comment on table wangge.plans is '网格划分方案: a division of a village or township into grids, from the first draft until another takes its place.';

comment on column wangge.plans.revision is 'Counts the saved states of the drawing from 1: who saves on another revision than the one at hand is refused.';

comment on column wangge.plans.effective_from is 'First day: proposed with the submission, settled when put in force.';

comment on column wangge.plans.effective_to is 'First day on which another plan has taken its place.';

comment on column wangge.plans.compared_with is 'Fingerprint of the division in force that the submitted plan was compared with.';

create table wangge.policies (
  area_code text not null,
  kind text not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  rules jsonb not null,
  constraint policies_no_overlap EXCLUDE USING gist (area_code WITH =, kind WITH =, daterange(valid_from, valid_to) WITH &&),
  constraint policies_pk PRIMARY KEY (area_code, kind, valid_from),
  constraint policies_area_fk FOREIGN KEY (area_code) REFERENCES wangge.areas(area_code),
  constraint policies_interval CHECK (((valid_to IS NULL) OR (valid_from < valid_to))),
  constraint policies_kind CHECK ((kind = ANY (ARRAY['patrol'::text, 'division'::text, 'assessment'::text, 'retention'::text, 'evidence'::text, 'obligation'::text, 'incident'::text, 'privacy'::text, 'warning'::text])))
);

grant delete, insert, select, update on wangge.policies to wangge_all;

grant select on wangge.policies to wangge_town;

comment on table wangge.policies is 'Numbers each place sets for itself (sizes, hours, kilometres), from a day on. The nearest area upwards that has one decides.';

create table wangge.policy_changes (
  area_code text not null,
  change_id uuid not null,
  kind text not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  rules jsonb not null,
  reason text not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint policy_changes_pk PRIMARY KEY (area_code, change_id),
  constraint policy_changes_area_fk FOREIGN KEY (area_code) REFERENCES wangge.areas(area_code)
);

grant insert, select on wangge.policy_changes to wangge_all;

grant select on wangge.policy_changes to wangge_town;

comment on table wangge.policy_changes is 'What somebody set, as it was set: added to only. What holds stands in wangge.policies.';

create table wangge.problem_exceptions (
  town_id text not null,
  area_code text not null,
  problem_id text not null,
  made_at timestamp with time zone not null,
  code text not null,
  grids text[] not null,
  fingerprint text not null,
  author text not null,
  reason text not null,
  expires_on date,
  lifted_by text,
  lifted_at timestamp with time zone,
  constraint problem_exceptions_pk PRIMARY KEY (town_id, area_code, problem_id, made_at),
  constraint problem_exceptions_area_fk FOREIGN KEY (area_code) REFERENCES wangge.areas(area_code),
  constraint problem_exceptions_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint problem_exceptions_lifted CHECK (((lifted_by IS NULL) = (lifted_at IS NULL))),
  constraint problem_exceptions_reason_not_blank CHECK ((reason ~ '[^[:space:]]'::text))
);

alter table wangge.problem_exceptions enable row level security;

create policy all_towns on wangge.problem_exceptions to wangge_all using (true) with check (true);

create policy own_towns on wangge.problem_exceptions to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.problem_exceptions to wangge_all;

grant delete, insert, select, update on wangge.problem_exceptions to wangge_town;

comment on table wangge.problem_exceptions is 'Problems of a division that somebody accepted, why, and until when. The newest of a problem counts, unless it was lifted.';

comment on column wangge.problem_exceptions.fingerprint is 'Of the problem''s geometry when it was accepted: with another one the problem is open again.';

comment on column wangge.problem_exceptions.expires_on is 'First day on which it no longer holds; null: until it is lifted.';

create table wangge.roads (
  town_id text not null,
  road_id text not null,
  name text,
  class text not null,
  path geometry(MultiLineString,4326) not null,
  constraint roads_pk PRIMARY KEY (town_id, road_id),
  constraint roads_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code)
);

CREATE INDEX roads_path ON wangge.roads USING gist (path);

alter table wangge.roads enable row level security;

create policy all_towns on wangge.roads to wangge_all using (true) with check (true);

create policy own_towns on wangge.roads to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.roads to wangge_all;

grant delete, insert, select, update on wangge.roads to wangge_town;

comment on table wangge.roads is '道路: streets, lanes, paths and railways; class as OpenStreetMap highway values, or rail.';

create table wangge.roster (
  town_id text not null,
  household_id text not null,
  worker_id text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  constraint roster_one_contact_at_a_time EXCLUDE USING gist (household_id WITH =, town_id WITH =, tstzrange(valid_from, valid_to) WITH &&),
  constraint roster_pk PRIMARY KEY (town_id, household_id, valid_from),
  constraint roster_household_fk FOREIGN KEY (town_id, household_id) REFERENCES wangge.households(town_id, household_id),
  constraint roster_worker_fk FOREIGN KEY (town_id, worker_id) REFERENCES wangge.workers(town_id, worker_id),
  constraint roster_interval CHECK (((valid_to IS NULL) OR (valid_from < valid_to)))
);

CREATE INDEX roster_worker ON wangge.roster USING btree (town_id, worker_id);

alter table wangge.roster enable row level security;

create policy all_towns on wangge.roster to wangge_all using (true) with check (true);

create policy own_towns on wangge.roster to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.roster to wangge_all;

grant delete, insert, select, update on wangge.roster to wangge_town;

comment on table wangge.roster is '联系农户名册: which worker keeps contact with which household; at any moment one.';

create table wangge.sessions (
  session_hash text not null,
  login text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sessions_pk PRIMARY KEY (session_hash),
  constraint sessions_user_fk FOREIGN KEY (login) REFERENCES wangge.users(login),
  constraint sessions_interval CHECK ((created_at < expires_at))
);

CREATE INDEX sessions_login ON wangge.sessions USING btree (login);

comment on table wangge.sessions is 'Who is signed in, by the SHA-256 of the secret in the cookie, in hex; the secret itself is kept nowhere.';

create table wangge.stale_days (
  town_id text not null,
  worker_id text not null,
  day date not null,
  touched uuid default gen_random_uuid() not null,
  is_being_matched boolean default false not null,
  constraint stale_days_pk PRIMARY KEY (town_id, worker_id, day)
);

alter table wangge.stale_days enable row level security;

create policy all_towns on wangge.stale_days to wangge_all using (true) with check (true);

create policy own_towns on wangge.stale_days to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.stale_days to wangge_all;

grant delete, insert, select, update on wangge.stale_days to wangge_town;

comment on table wangge.stale_days is 'Worker days to match again; written with the change, removed with the new result, so that a crash in between loses nothing.';

comment on column wangge.stale_days.touched is 'Another one with each change since somebody began to match the day: who finishes takes the mark off only if it is the one they began with.';

comment on column wangge.stale_days.is_being_matched is 'Somebody has begun to match the day since the last change; until then a change need not be counted.';

create table wangge.stale_evidence (
  town_id text not null,
  day date not null,
  constraint stale_evidence_pk PRIMARY KEY (town_id, day)
);

alter table wangge.stale_evidence enable row level security;

create policy all_towns on wangge.stale_evidence to wangge_all using (true) with check (true);

create policy own_towns on wangge.stale_evidence to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.stale_evidence to wangge_all;

grant delete, insert, select, update on wangge.stale_evidence to wangge_town;

comment on table wangge.stale_evidence is 'Days of a town to compare again: a trace of the day, or of one it may repeat, changed. Written with the change, removed with the new evidence.';

create table wangge.table_versions (
  table_name text not null,
  version bigint not null,
  constraint table_versions_pk PRIMARY KEY (table_name)
);

grant insert, select, update on wangge.table_versions to wangge_all;

grant insert, select, update on wangge.table_versions to wangge_town;

comment on table wangge.table_versions is 'Transactions that wrote to a table, counted in each of them by whoever sends its statements (server/db/table-versions.ts).';

create table wangge.tokens (
  login text not null,
  name text not null,
  token_hash text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint tokens_hash UNIQUE (token_hash),
  constraint tokens_pk PRIMARY KEY (login, name),
  constraint tokens_user_fk FOREIGN KEY (login) REFERENCES wangge.users(login),
  constraint tokens_interval CHECK ((created_at < expires_at))
);

comment on table wangge.tokens is 'Bearer tokens of devices and programs that act for a user, by their SHA-256 in hex.';

create table wangge.traces (
  town_id text not null,
  worker_id text not null,
  day date not null,
  label text not null,
  path geometry(MultiLineString,4326) not null,
  constraint traces_pk PRIMARY KEY (town_id, worker_id, day, label),
  constraint traces_label CHECK ((label = ANY (ARRAY['inside'::text, 'outside'::text, 'stay'::text, 'unobserved'::text, 'unreliable'::text])))
);

CREATE INDEX traces_path ON wangge.traces USING gist (path);

alter table wangge.traces enable row level security;

create policy all_towns on wangge.traces to wangge_all using (true) with check (true);

create policy own_towns on wangge.traces to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.traces to wangge_all;

grant delete, insert, select, update on wangge.traces to wangge_town;

comment on table wangge.traces is 'The drawn trace of a patrol day, one row a label; written with the patrol day.';

create table wangge.users (
  login text not null,
  display_name text,
  role text not null,
  areas text[],
  password_hash text not null,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  worker_town text,
  worker_id text,
  constraint users_pk PRIMARY KEY (login),
  constraint users_areas CHECK (((areas IS NULL) OR (cardinality(areas) > 0))),
  constraint users_login CHECK ((login ~ '^[^[:space:][:cntrl:],:]+$'::text)),
  constraint users_role CHECK ((role = ANY (ARRAY['administrator'::text, 'planner'::text, 'supervisor'::text, 'analyst'::text, 'worker'::text]))),
  constraint users_worker CHECK (((worker_town IS NULL) = (worker_id IS NULL)))
);

CREATE UNIQUE INDEX users_worker_once ON wangge.users USING btree (worker_town, worker_id) WHERE (disabled_at IS NULL);

comment on table wangge.users is 'Who may sign in. Rows stay for ever: ledgers and plans name them by login.';

comment on column wangge.users.areas is 'Codes of the areas the user answers for, with all that lies below them; null: all.';

comment on column wangge.users.password_hash is 'scrypt in PHC form, with its parameters: $scrypt$ln=15,r=8,p=3$salt$hash.';

comment on column wangge.users.worker_id is 'The worker of the township who signs in with it; null: no worker''s account. Set by an administrator.';

create table wangge.villages (
  town_id text not null,
  village_id text not null,
  village_code text,
  name text not null,
  boundary geometry(MultiPolygon,4326) not null,
  constraint villages_pk PRIMARY KEY (town_id, village_id),
  constraint villages_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code)
);

CREATE INDEX villages_boundary ON wangge.villages USING gist (boundary);

alter table wangge.villages enable row level security;

create policy all_towns on wangge.villages to wangge_all using (true) with check (true);

create policy own_towns on wangge.villages to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.villages to wangge_all;

grant delete, insert, select, update on wangge.villages to wangge_town;

comment on table wangge.villages is '自然村: natural villages and walled compounds, which a grid may not split. Administrative villages are areas.';

create table wangge.visits (
  town_id text not null,
  visit_id text not null,
  worker_id text not null,
  household_id text,
  place_id text,
  visited_from timestamp with time zone not null,
  visited_to timestamp with time zone,
  evidence text not null,
  building_id text,
  note text,
  marks text[],
  distance_metres double precision,
  entered_by text,
  entered_at timestamp with time zone,
  constraint visits_pk PRIMARY KEY (town_id, visit_id),
  constraint visits_building_fk FOREIGN KEY (town_id, building_id) REFERENCES wangge.buildings(town_id, building_id),
  constraint visits_household_fk FOREIGN KEY (town_id, household_id) REFERENCES wangge.households(town_id, household_id),
  constraint visits_place_fk FOREIGN KEY (town_id, place_id) REFERENCES wangge.places(town_id, place_id),
  constraint visits_worker_fk FOREIGN KEY (town_id, worker_id) REFERENCES wangge.workers(town_id, worker_id),
  constraint visits_entered CHECK (((entered_by IS NULL) = (entered_at IS NULL))),
  constraint visits_evidence CHECK ((evidence = ANY (ARRAY['passed'::text, 'stay'::text, 'check_in'::text, 'form'::text, 'incident'::text]))),
  constraint visits_interval CHECK (((visited_to IS NULL) OR (visited_from <= visited_to))),
  constraint visits_one_subject CHECK ((num_nonnulls(household_id, place_id, building_id) = 1))
);

CREATE INDEX visits_building ON wangge.visits USING btree (town_id, building_id, visited_from) WHERE (building_id IS NOT NULL);

CREATE INDEX visits_household ON wangge.visits USING btree (town_id, household_id, visited_from);

CREATE INDEX visits_place ON wangge.visits USING btree (town_id, place_id, visited_from) WHERE (place_id IS NOT NULL);

CREATE INDEX visits_worker ON wangge.visits USING btree (town_id, worker_id, visited_from);

alter table wangge.visits enable row level security;

create policy all_towns on wangge.visits to wangge_all using (true) with check (true);

create policy own_towns on wangge.visits to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.visits to wangge_all;

grant delete, insert, select, update on wangge.visits to wangge_town;

comment on table wangge.visits is '走访: somebody was at a household or place. `passed` and `stay` come from files; `check_in`, `form` and `incident` (reported at the door) are entered. What a trace passed is in wangge.passes and wangge.ground_passes.';

comment on column wangge.visits.building_id is 'A stairwell: somebody was in the building, which is no visit to any one of its households.';

comment on column wangge.visits.marks is 'far: the worker''s positions of that time lie elsewhere; unassigned: the worker did not answer for that grid then; no_position: nothing was received around that time; on_behalf: entered by somebody else (entered_by) for the worker. Null: none of these.';

comment on column wangge.visits.distance_metres is 'From the subject to the nearest position of the worker around that time; null where there is none.';

create table wangge.warning_nights (
  town_id text not null,
  night date not null,
  found integer not null,
  looked_at timestamp with time zone not null,
  constraint warning_nights_pk PRIMARY KEY (town_id, night),
  constraint warning_nights_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code)
);

alter table wangge.warning_nights enable row level security;

create policy all_towns on wangge.warning_nights to wangge_all using (true) with check (true);

create policy own_towns on wangge.warning_nights to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.warning_nights to wangge_all;

grant delete, insert, select, update on wangge.warning_nights to wangge_town;

comment on table wangge.warning_nights is 'Nights whose days before were looked at for clusters: written with what was found, so that a night is looked at once.';

create table wangge.warnings (
  town_id text not null,
  warning_id text not null,
  night date not null,
  category text not null,
  method text not null,
  longitude double precision not null,
  latitude double precision not null,
  radius_metres double precision not null,
  hexagons text[] not null,
  from_day date not null,
  to_day date not null,
  observed integer not null,
  expected double precision not null,
  p double precision not null,
  recurrence_days double precision not null,
  area_share double precision not null,
  state text default 'draft'::text not null,
  decided_by text,
  decided_at timestamp with time zone,
  reason text,
  followed_days integer,
  followed_observed integer,
  followed_expected double precision,
  followed_total integer,
  incident_id text,
  constraint warnings_pk PRIMARY KEY (town_id, warning_id),
  constraint warnings_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint warnings_decided CHECK ((((state = 'draft'::text) = (decided_by IS NULL)) AND (num_nulls(decided_by, decided_at, reason) = ANY (ARRAY[0, 3])))),
  constraint warnings_followed CHECK ((num_nulls(followed_days, followed_observed, followed_expected, followed_total) = ANY (ARRAY[0, 4]))),
  constraint warnings_method CHECK ((method = ANY (ARRAY['scan'::text, 'emerging'::text]))),
  constraint warnings_state CHECK ((state = ANY (ARRAY['draft'::text, 'confirmed'::text, 'dismissed'::text])))
);

CREATE INDEX warnings_incident ON wangge.warnings USING btree (town_id, incident_id) WHERE (incident_id IS NOT NULL);

CREATE INDEX warnings_night ON wangge.warnings USING btree (town_id, night DESC, warning_id);

alter table wangge.warnings enable row level security;

create policy all_towns on wangge.warnings to wangge_all using (true) with check (true);

create policy own_towns on wangge.warnings to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.warnings to wangge_all;

grant delete, insert, select, update on wangge.warnings to wangge_town;

comment on table wangge.warnings is 'A cluster of incidents that chance would show less often than the policy''s interval: a draft for a supervisor, never a verdict.';

comment on column wangge.warnings.area_share is 'Of the township''s hexagons, those warned of.';

comment on column wangge.warnings.followed_observed is 'Incidents of the category on the warned ground in the days after the night; null until they have passed.';

comment on column wangge.warnings.followed_total is 'Incidents of the category in the whole township in the same days.';

comment on column wangge.warnings.incident_id is 'The hazard case that was opened when the warning was confirmed; null: none.';

create table wangge.workers (
  town_id text not null,
  worker_id text not null,
  name text not null,
  phone text,
  role text not null,
  constraint workers_pk PRIMARY KEY (town_id, worker_id),
  constraint workers_town_fk FOREIGN KEY (town_id) REFERENCES wangge.areas(area_code),
  constraint workers_role CHECK ((role = ANY (ARRAY['leader'::text, 'full_time'::text, 'part_time'::text, 'instructor'::text, 'informant'::text])))
);

alter table wangge.workers enable row level security;

create policy all_towns on wangge.workers to wangge_all using (true) with check (true);

create policy own_towns on wangge.workers to wangge_town using ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text)))) with check ((town_id = ANY (string_to_array(NULLIF(current_setting('wangge.towns'::text, true), ''::text), ','::text))));

grant delete, insert, select, update on wangge.workers to wangge_all;

grant delete, insert, select, update on wangge.workers to wangge_town;

comment on table wangge.workers is '网格长、专职网格员、兼职网格员、网格指导员、信息员. Name and phone are personal data.';

CREATE OR REPLACE FUNCTION wangge.distribute(relation regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L)', relation::text, 'town_id');
  end if;
end
$function$;

comment on function wangge.distribute(regclass) is NULL;

CREATE OR REPLACE FUNCTION wangge.drop_empty_partitions(parent regclass, before date)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
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
$function$;

comment on function wangge.drop_empty_partitions(regclass,date) is 'Drops partitions by day that hold nothing any more; returns how many.';

CREATE OR REPLACE FUNCTION wangge.ensure_block_partition(day date)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
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
$function$;

comment on function wangge.ensure_block_partition(date) is 'Creates the missing partition of wangge.fix_blocks for a local day; returns whether it did.';

CREATE OR REPLACE FUNCTION wangge.ensure_fix_partitions(days date[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
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
$function$;

comment on function wangge.ensure_fix_partitions(date[]) is 'Creates the missing daily partitions of wangge.fixes for local days in Asia/Shanghai; returns how many.';

CREATE OR REPLACE FUNCTION wangge.protect(relation regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', relation);
  execute format('create policy all_towns on %s for all to wangge_all using (true) with check (true)', relation);
  execute format(
    'create policy own_towns on %s for all to wangge_town'
    ' using (town_id = any (string_to_array(nullif(current_setting(''wangge.towns'', true), ''''), '','')))'
    ' with check (town_id = any (string_to_array(nullif(current_setting(''wangge.towns'', true), ''''), '','')))',
    relation);
  execute format('grant select, insert, update, delete on %s to wangge_all, wangge_town', relation);
end
$function$;

comment on function wangge.protect(regclass) is NULL;

CREATE OR REPLACE FUNCTION wangge.replicate(relation regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_reference_table(%L)', relation::text);
  end if;
end
$function$;

comment on function wangge.replicate(regclass) is NULL;

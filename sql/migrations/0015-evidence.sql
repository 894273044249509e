-- Evidence that a trace may not be what it seems; what was noted about it; who patrolled together.

alter table wangge.policies drop constraint policies_kind;

alter table wangge.policies add constraint policies_kind check (kind in ('patrol', 'division', 'assessment', 'retention', 'evidence'));

create table wangge.day_sketches (
  town_id text not null,
  day date not null,
  worker_id text not null,
  meetings text not null,
  landmarks text not null,
  constraint day_sketches_pk primary key (town_id, day, worker_id)
);

comment on table wangge.day_sketches is 'What is kept of a worker day to find the few others worth comparing it with; written with the patrol day, a hundredth of its fixes.';

comment on column wangge.day_sketches.meetings is 'Moment, row and column of each second minute on the move: 32-bit integers, little end first, base64.';

comment on column wangge.day_sketches.landmarks is 'Hash and second of the day of each landmark of the shape: 32-bit integers, little end first, base64.';

select wangge.distribute('wangge.day_sketches');

select wangge.protect('wangge.day_sketches');

create table wangge.stale_evidence (
  town_id text not null,
  day date not null,
  constraint stale_evidence_pk primary key (town_id, day)
);

comment on table wangge.stale_evidence is 'Days of a town to compare again: a trace of the day, or of one it may repeat, changed. Written with the change, removed with the new evidence.';

select wangge.distribute('wangge.stale_evidence');

select wangge.protect('wangge.stale_evidence');

create table wangge.evidence (
  town_id text not null,
  evidence_id text not null,
  worker_id text not null,
  day date not null,
  code text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  other_worker_id text,
  other_day date,
  other_shift_ms bigint,
  figures jsonb not null,
  stretches jsonb not null,
  constraint evidence_pk primary key (town_id, evidence_id),
  constraint evidence_worker_fk foreign key (town_id, worker_id) references wangge.workers (town_id, worker_id),
  constraint evidence_code check (code in ('carried_together', 'replayed_trace', 'impossible_jump', 'mock_position', 'no_jitter', 'vehicle', 'clock_skew')),
  constraint evidence_interval check (from_at <= to_at),
  constraint evidence_other check (num_nulls(other_worker_id, other_day, other_shift_ms) in (0, 3))
);

comment on table wangge.evidence is '疑点: what a trace gives to look into, never a verdict. Always recomputed, never changed by hand.';

comment on column wangge.evidence.evidence_id is 'Of the worker, the day, the code and the other trace: the same again when the day is matched again.';

comment on column wangge.evidence.other_shift_ms is 'Milliseconds from the other trace to this one.';

select wangge.distribute('wangge.evidence');

create index evidence_day on wangge.evidence (town_id, day, worker_id);

select wangge.protect('wangge.evidence');

create table wangge.evidence_notes (
  town_id text not null,
  note_id text not null default gen_random_uuid()::text,
  evidence_id text not null,
  worker_id text not null,
  day date not null,
  state text not null,
  reason text not null,
  noted_by text not null,
  noted_at timestamptz not null,
  constraint evidence_notes_pk primary key (town_id, note_id),
  constraint evidence_notes_state check (state in ('seen', 'explained')),
  constraint evidence_notes_reason_not_blank check (reason ~ '[^[:space:]]')
);

comment on table wangge.evidence_notes is 'What supervisors noted about evidence. No foreign key: notes stay when the day is matched again and when the evidence goes.';

select wangge.distribute('wangge.evidence_notes');

create index evidence_notes_evidence on wangge.evidence_notes (town_id, evidence_id);

select wangge.protect('wangge.evidence_notes');

create table wangge.joint_patrols (
  town_id text not null,
  joint_id text not null,
  workers text[] not null,
  from_day date not null,
  to_day date not null,
  note text not null,
  entered_by text not null,
  entered_at timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz,
  constraint joint_patrols_pk primary key (town_id, joint_id),
  constraint joint_patrols_workers check (cardinality(workers) >= 2),
  constraint joint_patrols_interval check (from_day < to_day),
  constraint joint_patrols_note_not_blank check (note ~ '[^[:space:]]'),
  constraint joint_patrols_withdrawn check ((withdrawn_by is null) = (withdrawn_at is null))
);

comment on table wangge.joint_patrols is '联合巡查: workers who patrol together on days [from_day, to_day); their phones are not asked about. Nothing is excused by it. Withdrawn, never deleted.';

select wangge.distribute('wangge.joint_patrols');

create index joint_patrols_days on wangge.joint_patrols (town_id, from_day);

select wangge.protect('wangge.joint_patrols');

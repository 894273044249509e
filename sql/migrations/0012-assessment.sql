-- What a worker's months are judged on beside the patrol days: duty records, objections, and the sheets of closed months.

alter table wangge.policies drop constraint policies_kind;

alter table wangge.policies add constraint policies_kind check (kind in ('patrol', 'division', 'assessment'));

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
  entered_at timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz,
  constraint duty_records_pk primary key (town_id, record_id),
  constraint duty_records_worker_fk foreign key (town_id, worker_id) references wangge.workers (town_id, worker_id),
  constraint duty_records_interval check (from_day < to_day),
  constraint duty_records_kind check (kind in ('leave', 'joint_duty', 'training', 'phone_failure', 'weather', 'other', 'meeting', 'report', 'task', 'finding')),
  constraint duty_records_state check (case kind
    when 'meeting' then state in ('present', 'excused', 'missed')
    when 'report' then state in ('valid', 'invalid')
    when 'task' then state in ('open', 'done')
    when 'finding' then state = 'missed'
    else state = 'granted' end),
  constraint duty_records_note_not_blank check (note ~ '[^[:space:]]'),
  constraint duty_records_withdrawn check ((withdrawn_by is null) = (withdrawn_at is null))
);

comment on table wangge.duty_records is '履职记录: days on which nothing is asked (leave, joint duty, training, phone failure, weather), meetings, valid reports, dispatched tasks, findings missed. Withdrawn, never deleted.';

comment on column wangge.duty_records.to_day is 'First day no longer meant.';

select wangge.distribute('wangge.duty_records');

create index duty_records_worker on wangge.duty_records (town_id, worker_id, from_day);

select wangge.protect('wangge.duty_records');

create table wangge.objections (
  town_id text not null,
  objection_id text not null default gen_random_uuid()::text,
  worker_id text not null,
  day date not null,
  claimed_from timestamptz not null,
  claimed_to timestamptz not null,
  claim text not null,
  entered_by text not null,
  entered_at timestamptz not null,
  verdict text,
  credited_seconds integer not null default 0,
  credited_metres double precision not null default 0,
  reason text,
  decided_by text,
  decided_at timestamptz,
  constraint objections_pk primary key (town_id, objection_id),
  constraint objections_worker_fk foreign key (town_id, worker_id) references wangge.workers (town_id, worker_id),
  constraint objections_interval check (claimed_from < claimed_to),
  constraint objections_claim_not_blank check (claim ~ '[^[:space:]]'),
  constraint objections_verdict check (verdict in ('upheld', 'rejected')),
  constraint objections_decided check (num_nulls(verdict, reason, decided_by, decided_at) in (0, 4)),
  constraint objections_credit check (credited_seconds >= 0 and credited_metres >= 0
    and (verdict is not distinct from 'upheld' or (credited_seconds = 0 and credited_metres = 0)))
);

comment on table wangge.objections is '申诉: a worker says that minutes of a day were read wrongly; a supervisor decides, with a reason. Both stay.';

select wangge.distribute('wangge.objections');

create index objections_worker on wangge.objections (town_id, worker_id, day);

select wangge.protect('wangge.objections');

create table wangge.closed_months (
  town_id text not null,
  worker_id text not null,
  month date not null,
  closed_at timestamptz not null,
  closed_by text not null,
  sheet jsonb not null,
  policy jsonb not null,
  reopened_at timestamptz,
  reopened_by text,
  reopen_reason text,
  constraint closed_months_pk primary key (town_id, worker_id, month, closed_at),
  constraint closed_months_worker_fk foreign key (town_id, worker_id) references wangge.workers (town_id, worker_id),
  constraint closed_months_first_day check (extract(day from month) = 1),
  constraint closed_months_reopened check (num_nulls(reopened_at, reopened_by, reopen_reason) in (0, 3))
);

comment on table wangge.closed_months is 'Monthly sheets as they were signed off. A month is closed for a worker while the newest row was not reopened.';

select wangge.distribute('wangge.closed_months');

select wangge.protect('wangge.closed_months');

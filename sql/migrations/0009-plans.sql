-- Plans: a division on the drawing board, who decided what about it, and what follows from it; and what was known of the grids when.

-- What was in force on day D as known on day E. wangge.grids is what is known now; a row that turned out otherwise moves to
-- wangge.grids_history with the time in which it was believed. Rows from before this migration are known since ever.
alter table wangge.grids add column recorded_from timestamptz not null default '-infinity';

comment on column wangge.grids.recorded_from is 'Since when this row is believed; what was believed before stands in grids_history.';

create table wangge.grids_history (
  town_id text not null,
  grid_code text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  village_code text,
  parent_code text,
  kind text not null,
  name text,
  boundary geometry(MultiPolygon, 4326) not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null,
  became text not null,
  constraint grids_history_pk primary key (town_id, grid_code, valid_from, recorded_from),
  constraint grids_history_town_fk foreign key (town_id) references wangge.areas (area_code),
  constraint grids_history_recorded check (recorded_from < recorded_to),
  constraint grids_history_became check (became in ('ended', 'corrected', 'removed'))
);

comment on table wangge.grids_history is 'Rows of wangge.grids as they were believed in [recorded_from, recorded_to).';

comment on column wangge.grids_history.became is 'ended: the grid changed, from a day on; corrected: the row had said something wrong; removed: it never came into force.';

select wangge.distribute('wangge.grids_history');

select wangge.protect('wangge.grids_history');

create table wangge.plans (
  town_id text not null,
  plan_id text not null default gen_random_uuid()::text,
  area_code text not null,
  name text not null,
  status text not null default 'draft',
  source text not null,
  based_on_plan text,
  based_on_day date,
  revision integer not null default 1,
  effective_from date,
  effective_to date,
  compared_with text,
  note text,
  created_by text not null,
  created_at timestamptz not null,
  updated_by text not null,
  updated_at timestamptz not null,
  constraint plans_pk primary key (town_id, plan_id),
  constraint plans_town_fk foreign key (town_id) references wangge.areas (area_code),
  constraint plans_area_fk foreign key (area_code) references wangge.areas (area_code),
  constraint plans_name_not_blank check (name ~ '[^[:space:]]'),
  constraint plans_status check (status in ('draft', 'submitted', 'returned', 'approved', 'in_force', 'superseded', 'withdrawn')),
  constraint plans_source check (source in ('division', 'plan', 'import', 'proposal', 'atoms')),
  constraint plans_based_on check ((source in ('plan', 'proposal')) = (based_on_plan is not null) and (source = 'division') = (based_on_day is not null)),
  constraint plans_in_force_from check (status not in ('in_force', 'superseded') or effective_from is not null),
  constraint plans_superseded_from check ((status = 'superseded') = (effective_to is not null))
);

comment on table wangge.plans is '网格划分方案: a division of a village or township into grids, from the first draft until another takes its place.';

comment on column wangge.plans.revision is 'Counts the saved states of the drawing from 1: who saves on another revision than the one at hand is refused.';

comment on column wangge.plans.effective_from is 'First day: proposed with the submission, settled when put in force.';

comment on column wangge.plans.effective_to is 'First day on which another plan has taken its place.';

comment on column wangge.plans.compared_with is 'Fingerprint of the division in force that the submitted plan was compared with.';

select wangge.distribute('wangge.plans');

create index plans_plan_id on wangge.plans (plan_id);

select wangge.protect('wangge.plans');

create table wangge.plan_drawings (
  town_id text not null,
  plan_id text not null,
  revision integer not null,
  document text not null,
  constraint plan_drawings_pk primary key (town_id, plan_id),
  constraint plan_drawings_plan_fk foreign key (town_id, plan_id) references wangge.plans (town_id, plan_id)
);

comment on table wangge.plan_drawings is 'The drawing of a plan at its revision: atoms, arcs, grids and which atom is whose. Text, because its bytes are part of what undo restores.';

select wangge.distribute('wangge.plan_drawings');

select wangge.protect('wangge.plan_drawings');

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
  made_at timestamptz not null,
  constraint plan_edits_pk primary key (town_id, plan_id, revision, seq),
  constraint plan_edits_once unique (town_id, plan_id, batch_id, seq),
  constraint plan_edits_plan_fk foreign key (town_id, plan_id) references wangge.plans (town_id, plan_id),
  constraint plan_edits_op check (op in ('edit', 'undo', 'redo'))
);

comment on table wangge.plan_edits is 'Every edit of a drawing, in order: revision, then place within its save. Nothing is taken out: an undo is a record of its own.';

comment on column wangge.plan_edits.batch_id is 'The client''s name for the save: sent twice, it is done once.';

comment on column wangge.plan_edits.grids is 'Codes of the grids it touched.';

select wangge.distribute('wangge.plan_edits');

select wangge.protect('wangge.plan_edits');

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
  decided_at timestamptz not null,
  constraint plan_decisions_pk primary key (town_id, plan_id, seq),
  constraint plan_decisions_plan_fk foreign key (town_id, plan_id) references wangge.plans (town_id, plan_id),
  constraint plan_decisions_kind check (kind in ('submitted', 'approved', 'returned', 'enacted', 'superseded', 'withdrawn')),
  constraint plan_decisions_return_has_reason check (kind <> 'returned' or reason is not null)
);

comment on table wangge.plan_decisions is 'Who submitted, approved, returned or put in force a plan, or some grids of it, when and why. Only ever added to.';

comment on column wangge.plan_decisions.grids is 'Codes of the grids decided on; null for the whole plan.';

select wangge.distribute('wangge.plan_decisions');

select wangge.protect('wangge.plan_decisions');

create table wangge.plan_comments (
  town_id text not null,
  plan_id text not null,
  comment_id text not null default gen_random_uuid()::text,
  grid_code text,
  position geometry(Point, 4326),
  body text not null,
  revision integer not null,
  author text not null,
  author_role text not null,
  made_at timestamptz not null,
  resolved_by text,
  resolved_at timestamptz,
  constraint plan_comments_pk primary key (town_id, plan_id, comment_id),
  constraint plan_comments_plan_fk foreign key (town_id, plan_id) references wangge.plans (town_id, plan_id),
  constraint plan_comments_body_not_blank check (body ~ '[^[:space:]]'),
  constraint plan_comments_resolved check ((resolved_by is null) = (resolved_at is null))
);

comment on table wangge.plan_comments is 'Remarks on a plan: on a grid, on a place, or on the whole.';

select wangge.distribute('wangge.plan_comments');

select wangge.protect('wangge.plan_comments');

create table wangge.plan_tasks (
  town_id text not null,
  plan_id text not null,
  task_id text not null,
  kind text not null,
  grid_code text,
  worker_id text,
  households text[] not null default '{}',
  settled_by text,
  settled_at timestamptz,
  note text,
  constraint plan_tasks_pk primary key (town_id, plan_id, task_id),
  constraint plan_tasks_plan_fk foreign key (town_id, plan_id) references wangge.plans (town_id, plan_id),
  constraint plan_tasks_kind check (kind in ('grid_without_leader', 'grid_without_worker', 'worker_without_grid', 'roster_moved', 'roster_undecided')),
  constraint plan_tasks_settled check ((settled_by is null) = (settled_at is null))
);

comment on table wangge.plan_tasks is 'What no rule can settle when a plan is put in force: a person must.';

select wangge.distribute('wangge.plan_tasks');

select wangge.protect('wangge.plan_tasks');

create table wangge.problem_exceptions (
  town_id text not null,
  area_code text not null,
  problem_id text not null,
  made_at timestamptz not null,
  code text not null,
  grids text[] not null,
  fingerprint text not null,
  author text not null,
  reason text not null,
  expires_on date,
  lifted_by text,
  lifted_at timestamptz,
  constraint problem_exceptions_pk primary key (town_id, area_code, problem_id, made_at),
  constraint problem_exceptions_town_fk foreign key (town_id) references wangge.areas (area_code),
  constraint problem_exceptions_area_fk foreign key (area_code) references wangge.areas (area_code),
  constraint problem_exceptions_reason_not_blank check (reason ~ '[^[:space:]]'),
  constraint problem_exceptions_lifted check ((lifted_by is null) = (lifted_at is null))
);

comment on table wangge.problem_exceptions is 'Problems of a division that somebody accepted, why, and until when. The newest of a problem counts, unless it was lifted.';

comment on column wangge.problem_exceptions.fingerprint is 'Of the problem''s geometry when it was accepted: with another one the problem is open again.';

comment on column wangge.problem_exceptions.expires_on is 'First day on which it no longer holds; null: until it is lifted.';

select wangge.distribute('wangge.problem_exceptions');

select wangge.protect('wangge.problem_exceptions');

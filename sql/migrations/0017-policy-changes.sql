-- Who set which policy, when and why. A worker's pay hangs on it, so nothing of it is ever overwritten.

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
  changed_at timestamptz not null,
  constraint policy_changes_pk primary key (area_code, change_id),
  constraint policy_changes_area_fk foreign key (area_code) references wangge.areas (area_code)
);

comment on table wangge.policy_changes is 'What somebody set, as it was set: added to only. What holds stands in wangge.policies.';

select wangge.replicate('wangge.policy_changes');

grant select, insert on wangge.policy_changes to wangge_all;

grant select on wangge.policy_changes to wangge_town;

-- Small numbers: where an incident is shown to those who may not see where people live.

alter table wangge.policies drop constraint policies_kind;

alter table wangge.policies add constraint policies_kind
  check (kind in ('patrol', 'division', 'assessment', 'retention', 'evidence', 'obligation', 'incident', 'warning', 'privacy'));

alter table wangge.incidents
  add column shown_position geometry(Point, 4326),
  add column shown_under text;

comment on column wangge.incidents.shown_position is 'Where viewers who may not see households see it: the position itself, or a place moved by a keyed displacement, always the same one. Null: not decided yet, or nowhere; no place is shown to them.';

comment on column wangge.incidents.shown_under is 'The rules it was decided by, as a hash; other rules decide anew, with the same draws. Null: not decided yet.';

create table wangge.displacement_keys (
  town_id text not null,
  secret text not null,
  made_at timestamptz not null,
  constraint displacement_keys_pk primary key (town_id),
  constraint displacement_keys_town_fk foreign key (town_id) references wangge.areas (area_code)
);

comment on table wangge.displacement_keys is 'What private places of a town are moved by. Never leaves the service: who has it can move them back.';

select wangge.distribute('wangge.displacement_keys');

select wangge.protect('wangge.displacement_keys');

-- What of the ground was reached: lanes walked and places passed by the trace, and check-ins where a trace tells nothing.

alter table wangge.policies drop constraint policies_kind;

alter table wangge.policies add constraint policies_kind
  check (kind in ('patrol', 'division', 'assessment', 'retention', 'evidence', 'obligation'));

create table wangge.ground_passes (
  town_id text not null,
  worker_id text not null,
  day date not null,
  grid_code text not null,
  kind text not null,
  subject_id text not null,
  constraint ground_passes_pk primary key (town_id, worker_id, day, grid_code, kind, subject_id),
  constraint ground_passes_kind check (kind in ('lane', 'place'))
);

comment on table wangge.ground_passes is 'Lanes walked and registered places within reach of a worker''s trace inside the grid, one row a local day; written with the patrol day and replaced with it. No foreign keys, as in wangge.passes.';

comment on column wangge.ground_passes.subject_id is 'Of a place its id; of a lane <road>-<number>: streets are cut into pieces of about 100 m counted along the whole street.';

select wangge.distribute('wangge.ground_passes');

create index ground_passes_subject on wangge.ground_passes (town_id, kind, grid_code, subject_id, day);

select wangge.protect('wangge.ground_passes');

-- Days matched before know no lanes: they are matched again while their fixes are there.
insert into wangge.stale_days (town_id, worker_id, day)
select distinct p.town_id, p.worker_id, p.day
from wangge.patrol_days p
where exists (
  select from wangge.fixes f
  where f.town_id = p.town_id and f.worker_id = p.worker_id
    and f.fixed_at >= p.day::timestamp at time zone 'Asia/Shanghai'
    and f.fixed_at < (p.day + 1)::timestamp at time zone 'Asia/Shanghai')
on conflict do nothing;

alter table wangge.visits
  add column building_id text,
  add column note text,
  add column marks text[],
  add column distance_metres double precision,
  add column entered_by text,
  add column entered_at timestamptz,
  drop constraint visits_one_subject,
  add constraint visits_one_subject check (num_nonnulls(household_id, place_id, building_id) = 1),
  add constraint visits_building_fk foreign key (town_id, building_id) references wangge.buildings (town_id, building_id),
  add constraint visits_entered check ((entered_by is null) = (entered_at is null));

comment on column wangge.visits.building_id is 'A stairwell: somebody was in the building, which is no visit to any one of its households.';

comment on column wangge.visits.marks is 'far: the worker''s positions of that time lie elsewhere; unassigned: the worker did not answer for that grid then; no_position: nothing was received around that time. Null: none of these.';

comment on column wangge.visits.distance_metres is 'From the subject to the nearest position of the worker around that time; null where there is none.';

create index visits_place on wangge.visits (town_id, place_id, visited_from) where place_id is not null;

create index visits_building on wangge.visits (town_id, building_id, visited_from) where building_id is not null;

create table wangge.check_in_keys (
  town_id text not null,
  secret text not null,
  made_at timestamptz not null,
  constraint check_in_keys_pk primary key (town_id),
  constraint check_in_keys_town_fk foreign key (town_id) references wangge.areas (area_code)
);

comment on table wangge.check_in_keys is 'What check-in codes are signed with, made when the first sheet of codes is. Never leaves the service.';

select wangge.distribute('wangge.check_in_keys');

select wangge.protect('wangge.check_in_keys');

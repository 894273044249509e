-- Who lives here, what must be looked after, and who looks after it.

create table wangge.households (
  town_id text not null,
  household_id text not null,
  village_code text,
  address text,
  head text,
  phone text,
  members integer,
  categories text[] not null default '{}',
  must_visit boolean not null default false,
  position geometry(Point, 4326) not null,
  constraint households_pk primary key (town_id, household_id),
  constraint households_town_fk foreign key (town_id) references wangge.areas (area_code),
  constraint households_village_fk foreign key (village_code) references wangge.areas (area_code),
  constraint households_members check (members >= 0)
);

comment on table wangge.households is '户: head, phone and address are personal data: masked by default, logged when read.';

select wangge.distribute('wangge.households');

create index households_position on wangge.households using gist (position);

select wangge.protect('wangge.households');

create table wangge.places (
  town_id text not null,
  place_id text not null,
  kind text not null,
  name text not null,
  address text,
  is_key boolean not null default false,
  position geometry(Point, 4326) not null,
  constraint places_pk primary key (town_id, place_id),
  constraint places_town_fk foreign key (town_id) references wangge.areas (area_code)
);

comment on table wangge.places is '重点场所: schools, clinics, workshops, rental houses, markets.';

select wangge.distribute('wangge.places');

create index places_position on wangge.places using gist (position);

select wangge.protect('wangge.places');

create table wangge.workers (
  town_id text not null,
  worker_id text not null,
  name text not null,
  phone text,
  role text not null,
  constraint workers_pk primary key (town_id, worker_id),
  constraint workers_town_fk foreign key (town_id) references wangge.areas (area_code),
  constraint workers_role check (role in ('leader', 'full_time', 'part_time', 'instructor', 'informant'))
);

comment on table wangge.workers is '网格长、专职网格员、兼职网格员、网格指导员、信息员. Name and phone are personal data.';

select wangge.distribute('wangge.workers');

select wangge.protect('wangge.workers');

create table wangge.assignments (
  town_id text not null,
  worker_id text not null,
  grid_code text not null,
  role text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  constraint assignments_pk primary key (town_id, worker_id, grid_code, role, valid_from),
  constraint assignments_worker_fk foreign key (town_id, worker_id) references wangge.workers (town_id, worker_id),
  constraint assignments_role check (role in ('leader', 'full_time', 'part_time', 'instructor', 'informant')),
  constraint assignments_interval check (valid_to is null or valid_from < valid_to),
  constraint assignments_no_overlap_in_time exclude using gist
    (worker_id with =, grid_code with =, town_id with =, role with =, tstzrange(valid_from, valid_to) with &&)
);

comment on table wangge.assignments is 'Which worker answers for which grid in which role, in [valid_from, valid_to).';

select wangge.distribute('wangge.assignments');

create index assignments_grid on wangge.assignments (town_id, grid_code);

select wangge.protect('wangge.assignments');

create table wangge.roster (
  town_id text not null,
  household_id text not null,
  worker_id text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  constraint roster_pk primary key (town_id, household_id, valid_from),
  constraint roster_household_fk foreign key (town_id, household_id) references wangge.households (town_id, household_id),
  constraint roster_worker_fk foreign key (town_id, worker_id) references wangge.workers (town_id, worker_id),
  constraint roster_interval check (valid_to is null or valid_from < valid_to),
  constraint roster_one_contact_at_a_time exclude using gist
    (household_id with =, town_id with =, tstzrange(valid_from, valid_to) with &&)
);

comment on table wangge.roster is '联系农户名册: which worker keeps contact with which household; at any moment one.';

select wangge.distribute('wangge.roster');

create index roster_worker on wangge.roster (town_id, worker_id);

select wangge.protect('wangge.roster');

-- What phones report, and what is made of it.

create table wangge.fixes (
  town_id text not null,
  worker_id text not null,
  fixed_at timestamptz not null,
  longitude double precision not null,
  latitude double precision not null,
  accuracy_metres real,
  speed_metres_per_second real,
  constraint fixes_pk primary key (town_id, worker_id, fixed_at),
  constraint fixes_longitude check (longitude between -180 and 180),
  constraint fixes_latitude check (latitude between -90 and 90)
) partition by range (fixed_at);

comment on table wangge.fixes is '定位点: one row a GPS reading; one partition a day in Asia/Shanghai. No foreign key: a million rows are checked by one join, not a million look-ups.';

select wangge.distribute('wangge.fixes');

select wangge.protect('wangge.fixes');

create table wangge.patrol_days (
  town_id text not null,
  worker_id text not null,
  day date not null,
  grid_code text not null,
  fixes integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
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
  constraint patrol_days_pk primary key (town_id, worker_id, day, grid_code),
  constraint patrol_days_worker_fk foreign key (town_id, worker_id) references wangge.workers (town_id, worker_id)
);

comment on table wangge.patrol_days is 'What one worker''s fixes of one day amount to in one grid. Always recomputed from the fixes, never incremented.';

comment on column wangge.patrol_days.result is 'The whole result with stays, hexagons, households, flags and rules, as the match command prints it, plus the ids behind the counts.';

select wangge.distribute('wangge.patrol_days');

create index patrol_days_day on wangge.patrol_days (town_id, day);

select wangge.protect('wangge.patrol_days');

create table wangge.traces (
  town_id text not null,
  worker_id text not null,
  day date not null,
  label text not null,
  path geometry(MultiLineString, 4326) not null,
  constraint traces_pk primary key (town_id, worker_id, day, label),
  constraint traces_label check (label in ('inside', 'outside', 'stay', 'unobserved', 'unreliable'))
);

comment on table wangge.traces is 'The drawn trace of a patrol day, one row a label; written with the patrol day.';

select wangge.distribute('wangge.traces');

create index traces_path on wangge.traces using gist (path);

select wangge.protect('wangge.traces');

create table wangge.visits (
  town_id text not null,
  visit_id text not null,
  worker_id text not null,
  household_id text,
  place_id text,
  visited_from timestamptz not null,
  visited_to timestamptz,
  evidence text not null,
  constraint visits_pk primary key (town_id, visit_id),
  constraint visits_worker_fk foreign key (town_id, worker_id) references wangge.workers (town_id, worker_id),
  constraint visits_household_fk foreign key (town_id, household_id) references wangge.households (town_id, household_id),
  constraint visits_place_fk foreign key (town_id, place_id) references wangge.places (town_id, place_id),
  constraint visits_one_subject check (num_nonnulls(household_id, place_id) = 1),
  constraint visits_evidence check (evidence in ('passed', 'stay', 'check_in', 'form')),
  constraint visits_interval check (visited_to is null or visited_from <= visited_to)
);

comment on table wangge.visits is '走访: somebody was at a household or place. `passed` and `stay` come from the trace and are replaced when a day is matched again; `check_in` and `form` are entered.';

select wangge.distribute('wangge.visits');

create index visits_household on wangge.visits (town_id, household_id, visited_from);

create index visits_worker on wangge.visits (town_id, worker_id, visited_from);

select wangge.protect('wangge.visits');

create table wangge.incidents (
  town_id text not null,
  incident_id text not null,
  category text not null,
  severity text,
  occurred_at timestamptz not null,
  status text not null default 'reported',
  description text,
  declared_grid_code text,
  position geometry(Point, 4326),
  constraint incidents_pk primary key (town_id, incident_id),
  constraint incidents_town_fk foreign key (town_id) references wangge.areas (area_code)
);

comment on table wangge.incidents is '事件、隐患、矛盾纠纷: found on patrol or told by a resident.';

select wangge.distribute('wangge.incidents');

create index incidents_position on wangge.incidents using gist (position);

create index incidents_occurred_at on wangge.incidents (town_id, occurred_at);

select wangge.protect('wangge.incidents');

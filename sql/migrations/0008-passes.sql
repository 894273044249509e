-- Households that a patrol passed: what the trace itself proves, apart from the visits people enter.

create table wangge.passes (
  town_id text not null,
  worker_id text not null,
  day date not null,
  household_id text not null,
  constraint passes_pk primary key (town_id, worker_id, day, household_id)
);

comment on table wangge.passes is 'Households within reach of a worker''s trace inside the grid, one row a local day; written with the patrol day and replaced with it. No foreign keys: both ids come from rows just read, and checking each cost two thirds of the matching.';

select wangge.distribute('wangge.passes');

create index passes_household on wangge.passes (town_id, household_id, day);

select wangge.protect('wangge.passes');

-- Patrol days whose fixes, grid or assignment changed since they were matched.

create table wangge.stale_days (
  town_id text not null,
  worker_id text not null,
  day date not null,
  constraint stale_days_pk primary key (town_id, worker_id, day)
);

comment on table wangge.stale_days is 'Worker days to match again; written with the change, removed with the new result, so that a crash in between loses nothing.';

select wangge.distribute('wangge.stale_days');

select wangge.protect('wangge.stale_days');

-- Where a worker was when, as a day is drawn: with the raw fixes gone, still what the figures can be looked at on.

create table wangge.drawn_days (
  town_id text not null,
  worker_id text not null,
  day date not null,
  packed bytea not null,
  constraint drawn_days_pk primary key (town_id, worker_id, day)
);

comment on table wangge.drawn_days is 'A worker''s day simplified to 5 m at every instant and packed (server/db/pack-fixes.ts); written with the patrol day and replaced with it. Its stretches stand in patrol_days.result.';

alter table wangge.drawn_days alter column packed set storage external;

select wangge.distribute('wangge.drawn_days');

select wangge.protect('wangge.drawn_days');

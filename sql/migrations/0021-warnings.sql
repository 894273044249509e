-- Early warnings: what a night's scan found beyond chance, as drafts of a hazard case, and which nights were looked at.

alter table wangge.policies drop constraint policies_kind;

alter table wangge.policies add constraint policies_kind
  check (kind in ('patrol', 'division', 'assessment', 'retention', 'evidence', 'obligation', 'incident', 'privacy', 'warning'));

create table wangge.warning_nights (
  town_id text not null,
  night date not null,
  found integer not null,
  looked_at timestamptz not null,
  constraint warning_nights_pk primary key (town_id, night),
  constraint warning_nights_town_fk foreign key (town_id) references wangge.areas (area_code)
);

comment on table wangge.warning_nights is 'Nights whose days before were looked at for clusters: written with what was found, so that a night is looked at once.';

select wangge.distribute('wangge.warning_nights');

select wangge.protect('wangge.warning_nights');

create table wangge.warnings (
  town_id text not null,
  warning_id text not null,
  night date not null,
  category text not null,
  method text not null,
  longitude double precision not null,
  latitude double precision not null,
  radius_metres double precision not null,
  hexagons text[] not null,
  from_day date not null,
  to_day date not null,
  observed integer not null,
  expected double precision not null,
  p double precision not null,
  recurrence_days double precision not null,
  area_share double precision not null,
  state text not null default 'draft',
  decided_by text,
  decided_at timestamptz,
  reason text,
  followed_days integer,
  followed_observed integer,
  followed_expected double precision,
  followed_total integer,
  constraint warnings_pk primary key (town_id, warning_id),
  constraint warnings_town_fk foreign key (town_id) references wangge.areas (area_code),
  constraint warnings_method check (method in ('scan', 'emerging')),
  constraint warnings_state check (state in ('draft', 'confirmed', 'dismissed')),
  constraint warnings_decided check ((state = 'draft') = (decided_by is null) and num_nulls(decided_by, decided_at, reason) in (0, 3)),
  constraint warnings_followed check (num_nulls(followed_days, followed_observed, followed_expected, followed_total) in (0, 4))
);

comment on table wangge.warnings is 'A cluster of incidents that chance would show less often than the policy''s interval: a draft for a supervisor, never a verdict.';

comment on column wangge.warnings.area_share is 'Of the township''s hexagons, those warned of.';

comment on column wangge.warnings.followed_observed is 'Incidents of the category on the warned ground in the days after the night; null until they have passed.';

comment on column wangge.warnings.followed_total is 'Incidents of the category in the whole township in the same days.';

select wangge.distribute('wangge.warnings');

create index warnings_night on wangge.warnings (town_id, night desc, warning_id);

select wangge.protect('wangge.warnings');

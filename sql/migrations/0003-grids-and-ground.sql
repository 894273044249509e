-- Grids in dated versions, and the ground they lie on.
-- Exclusion constraints begin with the column that tells rows apart best: a GiST index that begins with the town of all of them
-- cannot, and took five times as long.

create table wangge.grids (
  town_id text not null,
  grid_code text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  village_code text,
  parent_code text,
  kind text not null,
  name text,
  boundary geometry(MultiPolygon, 4326) not null,
  constraint grids_pk primary key (town_id, grid_code, valid_from),
  constraint grids_town_fk foreign key (town_id) references wangge.areas (area_code),
  constraint grids_village_fk foreign key (village_code) references wangge.areas (area_code),
  constraint grids_kind check (kind in ('ordinary', 'dedicated', 'microgrid')),
  constraint grids_microgrid_has_parent check ((kind = 'microgrid') = (parent_code is not null)),
  constraint grids_code_not_blank check (grid_code ~ '^[^[:space:][:cntrl:],]+$'),
  constraint grids_interval check (valid_to is null or valid_from < valid_to),
  constraint grids_no_overlap_in_time exclude using gist (grid_code with =, town_id with =, tstzrange(valid_from, valid_to) with &&)
);

comment on table wangge.grids is '网格: one row a version of a grid, in force in [valid_from, valid_to).';

select wangge.distribute('wangge.grids');

create index grids_boundary on wangge.grids using gist (boundary);

select wangge.protect('wangge.grids');

create table wangge.villages (
  town_id text not null,
  village_id text not null,
  village_code text,
  name text not null,
  boundary geometry(MultiPolygon, 4326) not null,
  constraint villages_pk primary key (town_id, village_id),
  constraint villages_town_fk foreign key (town_id) references wangge.areas (area_code)
);

comment on table wangge.villages is '自然村: natural villages and walled compounds, which a grid may not split. Administrative villages are areas.';

select wangge.distribute('wangge.villages');

create index villages_boundary on wangge.villages using gist (boundary);

select wangge.protect('wangge.villages');

create table wangge.buildings (
  town_id text not null,
  building_id text not null,
  name text,
  floors integer,
  boundary geometry(MultiPolygon, 4326) not null,
  constraint buildings_pk primary key (town_id, building_id),
  constraint buildings_town_fk foreign key (town_id) references wangge.areas (area_code)
);

comment on table wangge.buildings is '建筑物: footprints.';

select wangge.distribute('wangge.buildings');

create index buildings_boundary on wangge.buildings using gist (boundary);

select wangge.protect('wangge.buildings');

create table wangge.roads (
  town_id text not null,
  road_id text not null,
  name text,
  class text not null,
  path geometry(MultiLineString, 4326) not null,
  constraint roads_pk primary key (town_id, road_id),
  constraint roads_town_fk foreign key (town_id) references wangge.areas (area_code)
);

comment on table wangge.roads is '道路: streets, lanes, paths and railways; class as OpenStreetMap highway values, or rail.';

select wangge.distribute('wangge.roads');

create index roads_path on wangge.roads using gist (path);

select wangge.protect('wangge.roads');

create table wangge.land (
  town_id text not null,
  land_id text not null,
  kind text not null,
  name text,
  boundary geometry(MultiPolygon, 4326) not null,
  constraint land_pk primary key (town_id, land_id),
  constraint land_town_fk foreign key (town_id) references wangge.areas (area_code),
  constraint land_kind check (kind in ('water', 'green'))
);

comment on table wangge.land is '水面与绿地: the ground of the map.';

select wangge.distribute('wangge.land');

create index land_boundary on wangge.land using gist (boundary);

select wangge.protect('wangge.land');

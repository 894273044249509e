-- The tree of areas and the dated policies of each: small, read everywhere, copied to every node.

create table wangge.areas (
  area_code text not null,
  parent_code text,
  level text not null,
  name text not null,
  town_id text,
  lineage text[] not null,
  boundary geometry(MultiPolygon, 4326),
  constraint areas_pk primary key (area_code),
  constraint areas_parent_fk foreign key (parent_code) references wangge.areas (area_code),
  constraint areas_level check (level in ('county', 'township', 'village')),
  constraint areas_code_not_blank check (area_code ~ '^[^[:space:][:cntrl:],]+$'),
  constraint areas_lineage_ends_in_itself check (lineage[array_upper(lineage, 1)] = area_code),
  constraint areas_town check ((level = 'county') = (town_id is null) and (level <> 'township' or town_id = area_code))
);

comment on table wangge.areas is '行政区: county, township or sub-district, village or community.';

comment on column wangge.areas.town_id is 'The township this area is or lies in: tenancy and distribution key. Null for a county.';

comment on column wangge.areas.lineage is 'Codes from the root of the tree down to this area itself.';

select wangge.replicate('wangge.areas');

create index areas_boundary on wangge.areas using gist (boundary);

create index areas_lineage on wangge.areas using gin (lineage);

grant select, insert, update, delete on wangge.areas to wangge_all;

grant select on wangge.areas to wangge_town;

create table wangge.policies (
  area_code text not null,
  kind text not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  rules jsonb not null,
  constraint policies_pk primary key (area_code, kind, valid_from),
  constraint policies_area_fk foreign key (area_code) references wangge.areas (area_code),
  constraint policies_kind check (kind in ('patrol', 'division')),
  constraint policies_interval check (valid_to is null or valid_from < valid_to),
  constraint policies_no_overlap exclude using gist (area_code with =, kind with =, daterange(valid_from, valid_to) with &&)
);

comment on table wangge.policies is 'Numbers each place sets for itself (sizes, hours, kilometres), from a day on. The nearest area upwards that has one decides.';

select wangge.replicate('wangge.policies');

grant select, insert, update, delete on wangge.policies to wangge_all;

grant select on wangge.policies to wangge_town;

-- The schema, its extensions, the two roles every query runs as, and three helpers the later migrations call.
-- One statement is one message: no statement here relies on a SET before it.

create extension if not exists postgis;

create extension if not exists btree_gist;

create schema if not exists wangge;

comment on schema wangge is 'Wangge 网格: areas, grids, households, patrols and incidents of counties run by grids.';

-- Sees every town. Its policies are `using (true)`, which the planner removes, so that GiST indexes stay usable
-- (PostGIS && is not leakproof: behind a row filter a 0.2 ms box query took 150 ms).
do $$
begin
  if not exists (select from pg_roles where rolname = 'wangge_all') then
    create role wangge_all nologin;
  end if;
exception when duplicate_object or unique_violation then
  null; -- another database of the cluster created it at the same moment
end
$$;

-- Sees the towns named in the transaction's setting `wangge.towns`; without the setting, nothing.
do $$
begin
  if not exists (select from pg_roles where rolname = 'wangge_town') then
    create role wangge_town nologin;
  end if;
exception when duplicate_object or unique_violation then
  null;
end
$$;

-- A login that is not a superuser must be allowed to SET ROLE. From PostgreSQL 16 on, who creates a role is a member
-- of it without that.
do $$
declare
  privilege text := case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
begin
  if not pg_has_role(current_user, 'wangge_all', privilege) then
    execute format('grant wangge_all to %I', current_user);
  end if;
  if not pg_has_role(current_user, 'wangge_town', privilege) then
    execute format('grant wangge_town to %I', current_user);
  end if;
end
$$;

grant usage on schema wangge to wangge_all, wangge_town;

-- Spreads a town's table over the nodes of a Citus cluster; does nothing elsewhere. Called right after
-- CREATE TABLE, before anything references the table.
create or replace function wangge.distribute(relation regclass) returns void language plpgsql as $$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_distributed_table(%L, %L)', relation::text, 'town_id');
  end if;
end
$$;

-- Copies a small table to every node of a Citus cluster; does nothing elsewhere.
create or replace function wangge.replicate(relation regclass) returns void language plpgsql as $$
begin
  if exists (select from pg_extension where extname = 'citus') then
    execute format('select create_reference_table(%L)', relation::text);
  end if;
end
$$;

-- The second lock of a town's table: row-level security by town behind the scope that every query carries.
create or replace function wangge.protect(relation regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', relation);
  execute format('create policy all_towns on %s for all to wangge_all using (true) with check (true)', relation);
  execute format(
    'create policy own_towns on %s for all to wangge_town'
    ' using (town_id = any (string_to_array(nullif(current_setting(''wangge.towns'', true), ''''), '','')))'
    ' with check (town_id = any (string_to_array(nullif(current_setting(''wangge.towns'', true), ''''), '','')))',
    relation);
  execute format('grant select, insert, update, delete on %s to wangge_all, wangge_town', relation);
end
$$;

-- Ends each version that a newer one, given by its first instant, follows: its interval is cut where the newer begins.
-- The row as it was believed until now is kept in the history.
-- $1 text[] towns · $2 text[] grid codes · $3 timestamptz[] first instants of the newer versions · $4 timestamptz now
-- row: ended integer (versions cut)
-- index: grids_pk
-- scope: none, an import runs for the system; a plan is put in force within its own town
with newer as (
  select *
  from unnest($1::text[], $2::text[], $3::timestamptz[]) as newer (town_id, grid_code, valid_from)
),
believed as (
  insert into wangge.grids_history (town_id, grid_code, valid_from, valid_to, village_code, parent_code, kind, name, boundary,
    recorded_from, recorded_to, became)
  select g.town_id, g.grid_code, g.valid_from, g.valid_to, g.village_code, g.parent_code, g.kind, g.name, g.boundary,
    g.recorded_from, $4, 'ended'
  from wangge.grids g
  join newer on newer.town_id = g.town_id and newer.grid_code = g.grid_code
  where g.valid_from < newer.valid_from and coalesce(g.valid_to, 'infinity') > newer.valid_from and g.recorded_from < $4
),
ended as (
  update wangge.grids
  set valid_to = newer.valid_from, recorded_from = $4
  from newer
  where grids.town_id = newer.town_id
    and grids.grid_code = newer.grid_code
    and grids.valid_from < newer.valid_from
    and coalesce(grids.valid_to, 'infinity') > newer.valid_from
  returning 1
)
select count(*)::integer as ended from ended

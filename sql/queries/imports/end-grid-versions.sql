-- Ends each version that a newer one, given by its first instant, follows: its interval is cut where the newer begins.
-- $1 text[] towns · $2 text[] grid codes · $3 timestamptz[] first instants of the newer versions
-- index: grids_pk
-- scope: none, an import runs for the system
update wangge.grids
set valid_to = newer.valid_from
from unnest($1::text[], $2::text[], $3::timestamptz[]) as newer (town_id, grid_code, valid_from)
where grids.town_id = newer.town_id
  and grids.grid_code = newer.grid_code
  and grids.valid_from < newer.valid_from
  and coalesce(grids.valid_to, 'infinity') > newer.valid_from

-- Adds or changes households.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: households_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with incoming as (
  select *
  from jsonb_to_recordset($1) as given (town_id text, household_id text, village_code text, address text, head text, phone text, members integer, categories text[], must_visit boolean, position text)
),
standing as (
  select count(*)::integer as known
  from incoming
  join wangge.households on households.town_id = incoming.town_id and households.household_id = incoming.household_id
),
written as (
  insert into wangge.households (town_id, household_id, village_code, address, head, phone, members, categories, must_visit, position)
  select town_id, household_id, village_code, address, head, phone, members, categories, must_visit, position::geometry
  from incoming
  on conflict (town_id, household_id) do update set
      village_code = excluded.village_code,
      address = excluded.address,
      head = excluded.head,
      phone = excluded.phone,
      members = excluded.members,
      categories = excluded.categories,
      must_visit = excluded.must_visit,
      position = excluded.position
    where (households.village_code, households.address, households.head, households.phone, households.members, households.categories, households.must_visit, households.position) is distinct from (excluded.village_code, excluded.address, excluded.head, excluded.phone, excluded.members, excluded.categories, excluded.must_visit, excluded.position)
  returning 1
)
select
  (select known from standing) as known,
  (select count(*)::integer from written) as written

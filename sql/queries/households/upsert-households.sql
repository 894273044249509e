-- Adds or changes households. What is personal is not lost to a file that lacks it or has it masked, as our own exports do: an empty head,
-- address or phone leaves what stands, and so does a masked one that what stands fits.
-- Keys must be distinct within $1; a row that stands there already with the same values is left alone.
-- $1 jsonb array of objects with the columns named below; geometry as hex EWKB
-- row: known integer (keys that stood there before), written integer (rows added or changed)
-- index: households_pk
-- scope: none, an import runs for the system; commands/import-records checks the viewer's authority over the area
with given as (
  select *
  from jsonb_to_recordset($1) as r (town_id text, household_id text, village_code text, address text, head text, phone text, members integer, categories text[], must_visit boolean, position text)
),
incoming as (
  select g.town_id, g.household_id, g.village_code,
    case when g.address is null or g.address like '%***' and h.address like replace(g.address, '***', '%') then h.address else g.address end as address,
    case when g.head is null or g.head like '%*%' and h.head like replace(g.head, '*', '%') then h.head else g.head end as head,
    coalesce(g.phone, h.phone) as phone, g.members, g.categories, g.must_visit, g.position
  from given g
  left join wangge.households h on h.town_id = g.town_id and h.household_id = g.household_id
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

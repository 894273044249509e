-- Households of an area as the ladder and the ledger count them: where they are registered, the grid that has them, who keeps contact,
-- who reached them in an interval.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- $5 timestamptz from, $6 timestamptz to (half-open); grids and contacts are those in force at the end
-- row: town_id, household_id, village_code or null (of its grid, else where it is registered), grid_code or null, members or null,
--      categories text[], must_visit, worker_id or null, visited (stay, check-in, form), passed (the trace came near)
-- index: households_pk, households_position from the grids' side, roster_pk, visits_household, passes_household
with g as materialized (
  select town_id, grid_code, village_code, boundary
  from wangge.grids
  where town_id = any ($3) and kind <> 'microgrid' and valid_from < $6 and (valid_to is null or $6 <= valid_to)
),
housed as materialized (
  select distinct on (h.town_id, h.household_id) h.town_id, h.household_id, g.grid_code, g.village_code
  from g
  join wangge.households h on h.town_id = g.town_id and h.position && g.boundary and st_covers(g.boundary, h.position)
  order by h.town_id, h.household_id, g.grid_code
),
visited as materialized (
  select distinct town_id, household_id
  from wangge.visits
  where town_id = any ($3) and household_id is not null and evidence <> 'passed' and visited_from >= $5 and visited_from < $6
),
passed as materialized (
  select distinct town_id, household_id
  from wangge.passes
  where town_id = any ($3)
    and day >= ($5 at time zone 'Asia/Shanghai')::date and day < ($6 at time zone 'Asia/Shanghai')::date
)
select h.town_id, h.household_id, coalesce(c.village_code, h.village_code) as village_code, c.grid_code, h.members, h.categories,
  h.must_visit, r.worker_id, v.household_id is not null as visited, p.household_id is not null as passed
from wangge.households h
left join housed c on c.town_id = h.town_id and c.household_id = h.household_id
left join wangge.roster r on r.town_id = h.town_id and r.household_id = h.household_id
  and r.valid_from < $6 and (r.valid_to is null or $6 <= r.valid_to)
left join visited v on v.town_id = h.town_id and v.household_id = h.household_id
left join passed p on p.town_id = h.town_id and p.household_id = h.household_id
where ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
  and h.town_id = any ($3) and ($4::text is null or coalesce(c.village_code, h.village_code) = $4)
order by h.town_id, h.household_id

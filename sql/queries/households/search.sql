-- Households of an area in which, or in whose grid, every word is found, with their personal data: the caller masks it, and notes that it was searched.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz whose grids count
-- $6 text grid, null = all; $7 text[] words, lower case; $8 text[] the same as patterns of an address; $9 int rows
-- row: town_id, household_id, grid_code or null, head, address, longitude, latitude
-- index: none for the words; households_pk by town, households_position with $6, grids_boundary of those that are likely
-- A county's households are looked through once, for what costs little: a word as it was typed, or a place in the box about the grids it
-- names. Only where that holds are the grid and the pattern asked, which would take seconds of all. lower() costs more than the search
-- itself: it is left out for a word that has no case, as no Chinese one has.
with grids as materialized (
  select one.grid_code, one.name, one.boundary
  from wangge.grids one
  where one.town_id = any ($3) and one.kind <> 'microgrid' and one.valid_from <= $5 and (one.valid_to is null or $5 < one.valid_to)
), asked as materialized (
  select word, word = upper(word) as has_no_case, (
    select st_setsrid(st_extent(g.boundary)::geometry, 4326)
    from grids g where lower(g.grid_code) = word or lower(coalesce(g.name, '')) ~ pattern) as ground
  from unnest($7::text[], $8::text[]) as asked (word, pattern)
), likely as materialized (
  select h.town_id, h.household_id, h.head, h.address, h.position
  from wangge.households h
  where ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
    and h.town_id = any ($3) and ($4::text is null or h.village_code = $4)
    and ($6::text is null or h.position && (
      select st_setsrid(st_extent(g.boundary)::geometry, 4326) from grids g where g.grid_code = $6))
    and not exists (
      select from unnest($7::text[],
        (select array_agg(has_no_case) from asked), (select array_agg(ground) from asked)) as one (word, has_no_case, ground)
      where not coalesce(
        case when has_no_case
          then strpos(h.address, word) > 0 or strpos(h.head, word) > 0 or starts_with(h.household_id, word)
          else strpos(lower(h.address), word) > 0 or strpos(lower(h.head), word) > 0 or starts_with(lower(h.household_id), word)
        end or h.position && ground, false))
), first as (
  -- Where no grid has a say, the first of those whose own words match are all that is wanted.
  (select * from likely h
  where $6::text is null and not exists (select from asked where ground is not null)
    and not exists (
      select from unnest($7::text[], $8::text[]) as asked (word, pattern)
      where not (starts_with(lower(h.household_id), word) or strpos(lower(coalesce(h.head, '')), word) > 0
        or lower(coalesce(h.address, '')) ~ pattern))
  order by h.address collate "C", h.town_id, h.household_id
  limit $9)
  union all
  select * from likely where $6::text is not null or exists (select from asked where ground is not null)
)
select h.town_id, h.household_id, g.grid_code, h.head, h.address, st_x(h.position) as longitude, st_y(h.position) as latitude
from first h
left join lateral (
  select one.grid_code, one.name
  from wangge.grids one
  where one.town_id = h.town_id and one.kind <> 'microgrid' and one.valid_from <= $5
    and (one.valid_to is null or $5 < one.valid_to) and st_covers(one.boundary, h.position)
  order by one.grid_code limit 1
) g on true
where not exists (
    select from unnest($7::text[], $8::text[]) as asked (word, pattern)
    where not (starts_with(lower(h.household_id), word) or strpos(lower(coalesce(h.head, '')), word) > 0
      or lower(coalesce(h.address, '')) ~ pattern
      or lower(coalesce(g.grid_code, '')) = word or lower(coalesce(g.name, '')) ~ pattern))
  and ($6::text is null or g.grid_code = $6)
order by h.address collate "C", h.town_id, h.household_id
limit $9

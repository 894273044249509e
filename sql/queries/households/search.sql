-- Households of an area in which, or in whose grid, every word is found, with their personal data: the caller masks it, and notes that it was searched.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz whose grids count
-- $6 text grid, null = all; $7 text[] words, lower case; $8 text[] the same as patterns of an address; $9 int rows
-- row: town_id, household_id, grid_code or null, head, address, longitude, latitude
-- index: households_pk by town; grids_boundary
select h.town_id, h.household_id, g.grid_code, h.head, h.address, st_x(h.position) as longitude, st_y(h.position) as latitude
from wangge.households h
left join lateral (
  select one.grid_code, one.name
  from wangge.grids one
  where one.town_id = h.town_id and one.kind <> 'microgrid' and one.valid_from <= $5
    and (one.valid_to is null or $5 < one.valid_to) and st_covers(one.boundary, h.position)
  order by one.grid_code limit 1
) g on true
where ($1::text[] is null or h.town_id = any ($1)) and ($2::text[] is null or h.village_code = any ($2))
  and h.town_id = any ($3) and ($4::text is null or h.village_code = $4)
  and not exists (
    select from unnest($7::text[], $8::text[]) as asked (word, pattern)
    where not (starts_with(lower(h.household_id), word) or strpos(lower(coalesce(h.head, '')), word) > 0
      or lower(coalesce(h.address, '')) ~ pattern
      or lower(coalesce(g.grid_code, '')) = word or lower(coalesce(g.name, '')) ~ pattern))
  and ($6::text is null or g.grid_code = $6)
order by h.address collate "C", h.town_id, h.household_id
limit $9

-- Places of an area in whose name, address, id or grid every word is found.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz whose grids count
-- $6 text grid, null = all; $7 text[] words, lower case; $8 text[] the same as patterns of an address; $9 int rows
-- row: town_id, place_id, grid_code or null, name, address, longitude, latitude
-- index: places_pk by town; grids_boundary
select p.town_id, p.place_id, g.grid_code, p.name, p.address, st_x(p.position) as longitude, st_y(p.position) as latitude
from wangge.places p
left join lateral (
  select one.grid_code, one.name
  from wangge.grids one
  where one.town_id = p.town_id and one.kind <> 'microgrid' and one.valid_from <= $5
    and (one.valid_to is null or $5 < one.valid_to) and st_covers(one.boundary, p.position)
  order by one.grid_code limit 1
) g on true
where ($1::text[] is null or p.town_id = any ($1))
  and ($2::text[] is null or exists (
    select from wangge.areas v where v.area_code = any ($2) and v.town_id = p.town_id and st_covers(v.boundary, p.position)))
  and p.town_id = any ($3)
  and ($4::text is null or exists (
    select from wangge.areas v where v.area_code = $4 and v.town_id = p.town_id and st_covers(v.boundary, p.position)))
  and not exists (
    select from unnest($7::text[], $8::text[]) as asked (word, pattern)
    where not (starts_with(lower(p.place_id), word) or strpos(lower(p.name), word) > 0
      or lower(coalesce(p.address, '')) ~ pattern
      or lower(coalesce(g.grid_code, '')) = word or lower(coalesce(g.name, '')) ~ pattern))
  and ($6::text is null or g.grid_code = $6)
order by p.name collate "C", p.town_id, p.place_id
limit $9

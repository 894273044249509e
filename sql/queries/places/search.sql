-- Places of an area in whose name, address, id or grid every word is found.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it; $5 timestamptz whose grids count
-- $6 text grid, null = all; $7 text[] words, lower case; $8 text[] the same as patterns of an address; $9 int rows
-- row: town_id, place_id, grid_code or null, name, address, longitude, latitude
-- index: none for the words; places_pk by town, places_position with $6, grids_boundary of those that are likely
-- As households/search: looked through once for what costs little, and only where that holds are the grid and the pattern asked.
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
  select p.town_id, p.place_id, p.name, p.address, p.position
  from wangge.places p
  where ($1::text[] is null or p.town_id = any ($1)) and p.town_id = any ($3)
    and ($6::text is null or p.position && (
      select st_setsrid(st_extent(g.boundary)::geometry, 4326) from grids g where g.grid_code = $6))
    and not exists (
      select from unnest($7::text[],
        (select array_agg(has_no_case) from asked), (select array_agg(ground) from asked)) as one (word, has_no_case, ground)
      where not coalesce(
        case when has_no_case
          then strpos(p.address, word) > 0 or strpos(p.name, word) > 0 or starts_with(p.place_id, word)
          else strpos(lower(p.address), word) > 0 or strpos(lower(p.name), word) > 0 or starts_with(lower(p.place_id), word)
        end or p.position && ground, false))
    and ($2::text[] is null or exists (
      select from wangge.areas v where v.area_code = any ($2) and v.town_id = p.town_id and st_covers(v.boundary, p.position)))
    and ($4::text is null or exists (
      select from wangge.areas v where v.area_code = $4 and v.town_id = p.town_id and st_covers(v.boundary, p.position)))
), first as (
  -- Where no grid has a say, the first of those whose own words match are all that is wanted.
  (select * from likely p
  where $6::text is null and not exists (select from asked where ground is not null)
    and not exists (
      select from unnest($7::text[], $8::text[]) as asked (word, pattern)
      where not (starts_with(lower(p.place_id), word) or strpos(lower(p.name), word) > 0 or lower(coalesce(p.address, '')) ~ pattern))
  order by p.name collate "C", p.town_id, p.place_id
  limit $9)
  union all
  select * from likely where $6::text is not null or exists (select from asked where ground is not null)
)
select p.town_id, p.place_id, g.grid_code, p.name, p.address, st_x(p.position) as longitude, st_y(p.position) as latitude
from first p
left join lateral (
  select one.grid_code, one.name
  from wangge.grids one
  where one.town_id = p.town_id and one.kind <> 'microgrid' and one.valid_from <= $5
    and (one.valid_to is null or $5 < one.valid_to) and st_covers(one.boundary, p.position)
  order by one.grid_code limit 1
) g on true
where not exists (
    select from unnest($7::text[], $8::text[]) as asked (word, pattern)
    where not (starts_with(lower(p.place_id), word) or strpos(lower(p.name), word) > 0
      or lower(coalesce(p.address, '')) ~ pattern
      or lower(coalesce(g.grid_code, '')) = word or lower(coalesce(g.name, '')) ~ pattern))
  and ($6::text is null or g.grid_code = $6)
order by p.name collate "C", p.town_id, p.place_id
limit $9

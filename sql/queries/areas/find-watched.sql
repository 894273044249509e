-- What of an area a viewer may see: the towns, and where not all of them is seen the villages.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text village of the area, null = all of it
-- row: towns text[], villages text[] or null = all of these towns
-- index: none, no table is read
select
  array(select t from unnest($3::text[]) as t where $1::text[] is null or t = any ($1) order by t) as towns,
  case
    when $4::text is null then $2::text[]
    when $2::text[] is null or $4 = any ($2) then array[$4]
    else '{}'
  end as villages

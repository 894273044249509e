-- The townships a viewer may see, or the one asked for if it is among them; their codes only: asked with each batch of fixes.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all: a township is seen with each of them
-- $3 text the township asked for; null: all of them
-- row: area_code
-- index: areas_pk
select area_code
from wangge.areas
where level = 'township'
  and ($1::text[] is null or area_code = any ($1))
  and $2::text[] is distinct from '{}'
  and ($3::text is null or area_code = $3)
order by area_code

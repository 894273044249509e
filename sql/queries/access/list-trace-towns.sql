-- The towns whose workers' traces of a day a tile shows.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused here: the towns are noted)
-- $3 double precision[] the tile with its buffer, west, south, east, north in degrees; $4 date the day; $5 text worker, null = all
-- row: town_id
-- index: traces_path
select distinct p.town_id
from wangge.traces p
where ($1::text[] is null or p.town_id = any ($1)) and ($2::text[] is null or true)
  and p.path && st_makeenvelope(($3::double precision[])[1], ($3)[2], ($3)[3], ($3)[4], 4326)
  and p.day = $4::date and ($5::text is null or p.worker_id = $5)

-- The newest exception of each problem of an area, unless it was lifted.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text[] towns of the area; $4 text area, null = of every area of these towns
-- row: area_code, problem_id, code, grids text[], fingerprint, reason, expires_on date or null, author, made_at timestamptz
-- index: problem_exceptions_pk
select area_code, problem_id, code, grids, fingerprint, reason, expires_on, author, made_at
from (
  select distinct on (town_id, area_code, problem_id)
    area_code, problem_id, code, grids, fingerprint, reason, expires_on, author, made_at, lifted_at
  from wangge.problem_exceptions
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or area_code = any ($2))
    and town_id = any ($3) and ($4::text is null or area_code = $4)
  order by town_id, area_code, problem_id, made_at desc
) newest
where lifted_at is null
order by area_code, problem_id

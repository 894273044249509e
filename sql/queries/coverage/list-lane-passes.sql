-- The last day up to a day on which each of the lanes given was walked.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all
-- $3 text town; $4 text[] grids; $5 text[] lanes, one a grid of $4; $6 date the day
-- row: grid_code, subject_id, last_passed date; none for a lane never walked
-- index: ground_passes_subject, a probe a lane
select asked.grid_code, asked.subject_id, p.last_passed
from unnest($4::text[], $5::text[]) as asked (grid_code, subject_id)
cross join lateral (
  select max(day) as last_passed
  from wangge.ground_passes
  where town_id = $3 and kind = 'lane' and grid_code = asked.grid_code and subject_id = asked.subject_id and day <= $6::date
    and ($1::text[] is null or town_id = any ($1))
    and ($2::text[] is null or exists (
      select from wangge.grids g where g.town_id = $3 and g.grid_code = asked.grid_code and g.village_code = any ($2)))
) p
where p.last_passed is not null

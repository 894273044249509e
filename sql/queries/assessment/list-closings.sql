-- Every closing of months of workers, those that were taken up again, too, with what was said.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: a worker belongs to the town)
-- $3 text[] towns of the area; $4 date first day of the month; $5 text worker, null = all
-- row: town_id, worker_id, closed_at, closed_by, remark or null, reopened_at or null, reopened_by or null, reopen_reason or null
-- index: closed_months_pk
select town_id, worker_id, closed_at, closed_by, remark, reopened_at, reopened_by, reopen_reason
from wangge.closed_months
where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)
  and town_id = any ($3) and month = $4::date and ($5::text is null or worker_id = $5)
order by town_id, worker_id, closed_at

-- Months closed for workers, the newest closing of each, those reopened left out.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer (unused: a worker belongs to the town)
-- $3 text[] towns of the area; $4 date first month, $5 date month after the last (first days); $6 text worker, null = all
-- row: town_id, worker_id, month, closed_at, closed_by, sheet jsonb, policy jsonb
-- index: closed_months_pk
select town_id, worker_id, month, closed_at, closed_by, sheet, policy
from (
  select distinct on (town_id, worker_id, month) town_id, worker_id, month, closed_at, closed_by, sheet, policy, reopened_at
  from wangge.closed_months
  where ($1::text[] is null or town_id = any ($1)) and ($2::text[] is null or true)
    and town_id = any ($3) and month >= $4::date and month < $5::date and ($6::text is null or worker_id = $6)
  order by town_id, worker_id, month, closed_at desc
) newest
where reopened_at is null
order by town_id, worker_id, month

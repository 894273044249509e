-- Closes a month for workers with their sheets; those for whom it is closed already are left out.
-- $1 text town · $2 date first day of the month · $3 jsonb array of { worker_id, sheet } · $4 jsonb policy · $5 text who · $6 timestamptz now
-- $7 text remark or null
-- row: closed integer
-- index: closed_months_pk
-- scope: none, the workers were found in the viewer's scope; row-level security stands behind
with closed as (
  insert into wangge.closed_months (town_id, worker_id, month, closed_at, closed_by, sheet, policy, remark)
  select $1, given.worker_id, $2, $6, $5, given.sheet, $4, $7
  from jsonb_to_recordset($3) as given (worker_id text, sheet jsonb)
  where not exists (
    select from wangge.closed_months c
    where c.town_id = $1 and c.worker_id = given.worker_id and c.month = $2 and c.reopened_at is null)
  returning 1
)
select count(*)::int as closed from closed

-- Which of the workers have a fix in their interval already: the others' fixes can be copied in without looking for repeats.
-- $1 text town · $2 text[] workers · $3 timestamptz[] first instants · $4 timestamptz[] last instants, inclusive
-- row: worker_id text
-- index: fixes_pk
-- scope: none, called by commands/write-fixes within an import or a batch from a phone
select given.worker_id
from unnest($2::text[], $3::timestamptz[], $4::timestamptz[]) as given (worker_id, first_at, last_at)
where exists (
  select
  from wangge.fixes
  where fixes.town_id = $1
    and fixes.worker_id = given.worker_id
    and fixes.fixed_at >= given.first_at
    and fixes.fixed_at <= given.last_at
)

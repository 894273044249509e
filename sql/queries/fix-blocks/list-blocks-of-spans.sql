-- Blocks of several workers, each of some days, in their order.
-- $1 text town · $2 text[] workers · $3 date[] first day of each · $4 date[] last day of each, inclusive
-- $5 date first day of all · $6 date last day of all
-- row: span integer (its place in the arrays, from 0), packed bytea
-- index: fix_blocks_pk
-- scope: none, matching runs for the system
select (given.number - 1)::integer as span, packed
from unnest($2::text[], $3::date[], $4::date[]) with ordinality as given (worker_id, first_day, last_day, number)
join wangge.fix_blocks blocks on blocks.town_id = $1
  and blocks.worker_id = given.worker_id
  and blocks.day >= given.first_day
  and blocks.day <= given.last_day
  and blocks.day >= $5
  and blocks.day <= $6
order by given.number, blocks.day

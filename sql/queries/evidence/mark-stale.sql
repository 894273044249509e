-- Marks days to be compared again, and the later ones that may repeat them. The mark is written anew where it stands, so that whoever
-- is comparing the day now waits and does it again.
-- $1 text town · $2 date[] days whose traces changed · $3 integer days a trace is compared with those before
-- index: day_sketches_pk
-- scope: none, written with the change that makes the days stale
insert into wangge.stale_evidence (town_id, day)
select $1, given.day from unnest($2::date[]) as given (day)
union
select distinct $1, s.day
from wangge.day_sketches s
where s.town_id = $1 and s.day > (select min(day) from unnest($2::date[]) as given (day))
  and exists (select from unnest($2::date[]) as given (day) where s.day > given.day and s.day <= given.day + $3::integer)
on conflict (town_id, day) do update set day = excluded.day

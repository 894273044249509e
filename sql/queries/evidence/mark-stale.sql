-- Marks days to be compared again, and the later ones that may repeat them. The mark is written anew where it stands, so that whoever
-- is comparing the day now waits and does it again.
-- $1 text town · $2 date[] days whose traces changed · $3 integer days a trace is compared with those before
-- index: day_sketches_pk
-- scope: none, written with the change that makes the days stale
insert into wangge.stale_evidence (town_id, day)
select distinct $1, later.day::date
from unnest($2::date[]) as given (day)
cross join generate_series(given.day, given.day + $3::integer, interval '1 day') as later (day)
where later.day = given.day
  -- One look a day: a town has the sketches of hundreds of workers.
  or exists (select from wangge.day_sketches s where s.town_id = $1 and s.day = later.day::date)
order by 2 -- two that mark the same days must not wait for each other
on conflict (town_id, day) do update set day = excluded.day

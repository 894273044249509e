-- Removes a town's sketches of days before the one given: no trace is compared with them any more.
-- $1 text town · $2 date the first day to keep
-- index: day_sketches_pk
-- scope: none, retention runs for the system
delete from wangge.day_sketches
where town_id = $1 and day < $2::date

-- Writes what happened after a warning.
-- $1 text town · $2 text warning · $3 integer days · $4 integer observed · $5 double precision expected · $6 integer total
-- index: warnings_pk
-- scope: none, the nightly watch runs for the system
update wangge.warnings
set followed_days = $3, followed_observed = $4, followed_expected = $5, followed_total = $6
where town_id = $1 and warning_id = $2

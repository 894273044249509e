-- Warnings of a township whose days after have passed and were not counted yet.
-- $1 text town · $2 date nights up to
-- row: warning_id, night, category, hexagons, from_day, observed
-- index: warnings_night
-- scope: none, the nightly watch runs for the system
select warning_id, night, category, hexagons, from_day, observed
from wangge.warnings
where town_id = $1 and night <= $2 and followed_days is null
order by night, warning_id

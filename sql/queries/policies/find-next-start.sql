-- Where the next policy of an area and kind begins after a day.
-- $1 text area code · $2 text kind · $3 date the day
-- row: valid_from date or null
-- index: policies_pk
-- scope: none, commands/policies/set-policy checks the viewer's authority over the area
select min(valid_from) as valid_from
from wangge.policies
where area_code = $1 and kind = $2 and valid_from > $3::date

-- Ends what holds for an area on a day at that day.
-- $1 text area code · $2 text kind · $3 date the day
-- index: policies_pk
-- scope: none, commands/policies/set-policy checks the viewer's authority over the area
update wangge.policies set valid_to = $3::date
where area_code = $1 and kind = $2 and valid_from < $3::date and (valid_to is null or valid_to > $3::date)

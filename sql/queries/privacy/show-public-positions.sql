-- What is not private is shown where it happened.
-- $1 text town · $2 text[] categories that are private; what belongs to a household is private, whatever its category
-- $3 text hash of the rules
-- index: incidents_pk
-- scope: none, an import or a report runs for the system
update wangge.incidents i
set shown_position = i.position, shown_under = $3
where i.town_id = $1 and i.position is not null and i.shown_under is distinct from $3
  and not (i.category = any ($2) or to_jsonb(i) ->> 'household_id' is not null)

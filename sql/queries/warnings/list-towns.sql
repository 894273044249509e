-- Townships with incidents since a moment whose night was not looked at yet, with the lineage that their policies come by.
-- $1 date the night; $2 timestamptz incidents from
-- row: town_id text, lineage text[]
-- index: warning_nights_pk, incidents_occurred_at
-- scope: none, the nightly watch runs for the system
select a.area_code as town_id, a.lineage
from wangge.areas a
where a.level = 'township'
  and not exists (select from wangge.warning_nights n where n.town_id = a.area_code and n.night = $1)
  and exists (select from wangge.incidents i where i.town_id = a.area_code and i.occurred_at >= $2)
order by a.area_code

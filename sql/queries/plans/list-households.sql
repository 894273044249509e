-- Households of an area as planning counts them: where, how many persons, whether they must be visited. A household whose
-- members nobody recorded counts as one person.
-- $1 text town · $2 text village, null = the whole town
-- row: household_id, longitude, latitude (degrees), persons int, must_visit boolean
-- index: households_pk by town
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
select household_id, st_x(position) as longitude, st_y(position) as latitude, coalesce(members, 1) as persons, must_visit
from wangge.households
where town_id = $1 and ($2::text is null or village_code = $2)
order by household_id

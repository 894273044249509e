-- Enters a visit; nothing where its id is known.
-- $1 text town · $2 text visit · $3 text worker · $4 text household or null · $5 text place or null · $6 text building or null
-- $7 timestamptz from · $8 timestamptz to or null · $9 text evidence · $10 text note or null · $11 text[] marks or null
-- $12 double precision metres or null · $13 text entered by · $14 timestamptz now
-- row: visit_id; none when it stood there
-- index: visits_pk
-- scope: none, commands/check-ins checks device or role, and finds the subject in the viewer's scope; row-level security stands behind
insert into wangge.visits (town_id, visit_id, worker_id, household_id, place_id, building_id, visited_from, visited_to, evidence,
  note, marks, distance_metres, entered_by, entered_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
on conflict (town_id, visit_id) do nothing
returning visit_id

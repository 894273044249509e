-- Adds a draft. The area has been found in the viewer's scope.
-- $1 text town · $2 text area · $3 text name · $4 text source · $5 text plan it is based on, or null
-- $6 date day whose division it is based on, or null · $7 text note or null · $8 text author · $9 timestamptz now
-- row: plan_id
-- scope: none, the area was found in the viewer's scope; row-level security stands behind
insert into wangge.plans (town_id, area_code, name, source, based_on_plan, based_on_day, note, created_by, created_at, updated_by, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $9)
returning plan_id

-- Registers a joint patrol; a record of that id, withdrawn or not, is left alone.
-- $1 text town · $2 text record · $3 text[] workers · $4 date from · $5 date to · $6 text note · $7 text who · $8 timestamptz now
-- row: joint_id, when it was written
-- index: joint_patrols_pk
-- scope: none, the workers were found in the viewer's scope; row-level security stands behind
insert into wangge.joint_patrols (town_id, joint_id, workers, from_day, to_day, note, entered_by, entered_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (town_id, joint_id) do nothing
returning joint_id

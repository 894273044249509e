-- The saves of a plan after a revision: who, when, what kinds of edit how often, which grids.
-- $1 text town · $2 text plan · $3 int revision
-- row: revision int, author text, made_at timestamptz, kinds jsonb {kind of edit, after `undo ` or `redo `: times}, grids text[]
-- index: plan_edits_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
with made as materialized (
  select revision, author, made_at, grids, case when op = 'edit' then '' else op || ' ' end || (edit::jsonb ->> 'type') as kind
  from wangge.plan_edits
  where town_id = $1 and plan_id = $2 and revision > $3
),
counted as (
  select revision, author, made_at, kind, count(*)::int as times
  from made
  group by revision, author, made_at, kind
)
select revision, author, made_at, jsonb_object_agg(kind, times) as kinds,
  array(select distinct code from made, unnest(made.grids) as code where made.revision = counted.revision order by code) as grids
from counted
group by revision, author, made_at
order by revision

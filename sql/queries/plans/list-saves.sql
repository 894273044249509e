-- The saves of a plan after a revision: who, when, how many edits, which grids.
-- $1 text town · $2 text plan · $3 int revision
-- row: revision int, author text, made_at timestamptz, edits int, grids text[]
-- index: plan_edits_pk
-- scope: none, the plan was found in the viewer's scope; row-level security stands behind
select revision, author, made_at, count(*)::int as edits,
  array(
    select distinct code
    from wangge.plan_edits one, unnest(one.grids) as code
    where one.town_id = $1 and one.plan_id = $2 and one.revision = e.revision
    order by code
  ) as grids
from wangge.plan_edits e
where town_id = $1 and plan_id = $2 and revision > $3
group by revision, author, made_at
order by revision

-- The version of what analyses read: incidents, households, grids, areas and policies. Two equal versions mean equal content of them.
-- Each write adds a change that is seen as soon as what was written is seen: their number only grows.
-- scope: none, it tells nothing but whether something changed
-- row: version text
-- index: none
select case
    when exists (select from pg_extension where extname = 'citus') then pg_current_snapshot()::text
    else (select coalesce(sum(changes), 0)::text from wangge.analysed_changes)
  end as version

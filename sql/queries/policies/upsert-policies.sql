-- Adds or changes dated policies. Intervals of one area and kind must not overlap, also with what stands there.
-- $1 jsonb array of objects with the columns named below
-- row: written integer
-- index: policies_pk
-- scope: none, an import runs for the system
with written as (
  insert into wangge.policies (area_code, kind, valid_from, valid_to, name, rules)
  select area_code, kind, valid_from, valid_to, name, rules
  from jsonb_to_recordset($1) as given (area_code text, kind text, valid_from date, valid_to date, name text, rules jsonb)
  on conflict (area_code, kind, valid_from) do update set
      valid_to = excluded.valid_to,
      name = excluded.name,
      rules = excluded.rules
    where (policies.valid_to, policies.name, policies.rules) is distinct from (excluded.valid_to, excluded.name, excluded.rules)
  returning 1
)
select count(*)::integer as written from written

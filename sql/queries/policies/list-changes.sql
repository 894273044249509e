-- What was set for an area itself, newest first.
-- $1 text[] towns of the viewer, $2 text[] villages of the viewer (unused: policies are public within the system)
-- $3 text area code
-- row: change_id, kind, valid_from date, valid_to date or null, name, rules jsonb, reason, changed_by, changed_at
-- index: policy_changes_pk
select c.change_id::text as change_id, c.kind, c.valid_from, c.valid_to, c.name, c.rules, c.reason, c.changed_by, c.changed_at
from wangge.policy_changes c
where c.area_code = $3 and ($1::text[] is null or true) and ($2::text[] is null or true)
order by c.changed_at desc, c.change_id

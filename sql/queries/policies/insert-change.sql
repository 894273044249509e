-- Notes what was set, by whom and why.
-- $1 text area code · $2 uuid change · $3 text kind · $4 date from · $5 date to, or null · $6 text name · $7 jsonb rules · $8 text reason · $9 text viewer · $10 timestamptz now
-- scope: none, commands/policies/set-policy checks the viewer's authority over the area
insert into wangge.policy_changes (area_code, change_id, kind, valid_from, valid_to, name, rules, reason, changed_by, changed_at)
values ($1, $2::uuid, $3, $4::date, $5::date, $6, $7, $8, $9, $10)

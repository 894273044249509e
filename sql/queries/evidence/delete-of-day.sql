-- Removes the evidence of a town's day that needs another trace, before the new is written.
-- $1 text town · $2 date day · $3 text[] codes
-- index: evidence_day
-- scope: none, comparing runs for the system
delete from wangge.evidence
where town_id = $1 and day = $2 and code = any ($3)

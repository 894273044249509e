-- Takes the mark off a day before it is compared: a change meanwhile marks it again.
-- $1 text town · $2 date day
-- index: stale_evidence_pk
-- scope: none, the service itself catches up
delete from wangge.stale_evidence
where town_id = $1 and day = $2

-- Removes the evidence that a worker's days give by themselves, before the new is written.
-- $1 text town · $2 text worker · $3 date[] local days · $4 text[] codes
-- index: evidence_day
-- scope: none, matching again runs for the system
delete from wangge.evidence
where town_id = $1 and worker_id = $2 and day = any ($3) and code = any ($4)

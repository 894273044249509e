-- Days to compare again, oldest first.
-- $1 text[] towns, null = all · $2 integer at most so many
-- row: town_id text, day date
-- index: stale_evidence_pk
-- scope: none, the service itself catches up
select town_id, day
from wangge.stale_evidence
where $1::text[] is null or town_id = any ($1)
order by town_id, day
limit $2

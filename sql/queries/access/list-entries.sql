-- Who read personal data, newest first, in pages.
-- $1 text[] towns of the viewer, null = all; $2 text[] villages of the viewer, null = all: entries are of towns, who sees only villages sees none
-- $3 text[] towns of the area; $4 timestamptz from, $5 timestamptz to (half-open)
-- $6 text worker whose data it was, alone or with everybody's, null = anybody's; $7 text viewer, null = all; $8 text action, null = all
-- $9 timestamptz, $10 uuid moment and id after which the page starts, null = the first; $11 int rows
-- row: town_id, entry_id, happened_at, viewer, action, subject
-- index: access_log_happened_at
select town_id, entry_id, happened_at, viewer, action, subject
from wangge.access_log
where ($1::text[] is null or town_id = any ($1)) and $2::text[] is null and town_id = any ($3)
  and happened_at >= $4 and happened_at < $5
  and ($6::text is null or subject = 'worker:' || $6 or starts_with(subject, 'worker:' || $6 || '/')
    or subject = 'workers' or starts_with(subject, 'workers/') or starts_with(subject, 'area:'))
  and ($7::text is null or viewer = $7) and ($8::text is null or action = $8)
  and ($9::timestamptz is null or (happened_at, entry_id) < ($9, $10::uuid))
order by happened_at desc, entry_id desc
limit $11

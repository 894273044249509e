-- What changes a day while it is being matched leaves its mark standing.

alter table wangge.stale_days
  add column touched uuid not null default gen_random_uuid(),
  add column is_being_matched boolean not null default false;

comment on column wangge.stale_days.touched is 'Another one with each change since somebody began to match the day: who finishes takes the mark off only if it is the one they began with.';
comment on column wangge.stale_days.is_being_matched is 'Somebody has begun to match the day since the last change; until then a change need not be counted.';

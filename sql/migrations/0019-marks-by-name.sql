-- A change gives the mark of a day another name: a count begins anew with the mark, and could be mistaken for the one before.

alter table wangge.stale_days
  drop column touched,
  add column touched uuid not null default gen_random_uuid();

comment on column wangge.stale_days.touched is 'Another one with each change since somebody began to match the day: who finishes takes the mark off only if it is the one they began with.';

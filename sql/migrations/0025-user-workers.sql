-- Whose account it is, where it is a worker's: their own grids, days and duties follow from it.

alter table wangge.users
  add column worker_town text,
  add column worker_id text,
  add constraint users_worker check ((worker_town is null) = (worker_id is null));

comment on column wangge.users.worker_id is 'The worker of the township who signs in with it; null: no worker''s account. Set by an administrator.';

create unique index users_worker_once on wangge.users (worker_town, worker_id) where disabled_at is null;

comment on index wangge.users_worker_once is 'One worker signs in with one account; one that is disabled no longer counts.';

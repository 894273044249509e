-- People who sign in, what shows who they are, and the ledger of their coming and going. None of it belongs to a town, and none of
-- it is granted to the roles that viewers' queries run as: only the service itself reads a hash.

create table wangge.users (
  login text not null,
  display_name text,
  role text not null,
  areas text[],
  password_hash text not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  constraint users_pk primary key (login),
  constraint users_login check (login ~ '^[^[:space:][:cntrl:],:]+$'),
  constraint users_role check (role in ('administrator', 'planner', 'supervisor', 'analyst', 'worker')),
  constraint users_areas check (areas is null or cardinality(areas) > 0)
);

comment on table wangge.users is 'Who may sign in. Rows stay for ever: ledgers and plans name them by login.';

comment on column wangge.users.areas is 'Codes of the areas the user answers for, with all that lies below them; null: all.';

comment on column wangge.users.password_hash is 'scrypt in PHC form, with its parameters: $scrypt$ln=15,r=8,p=3$salt$hash.';

select wangge.replicate('wangge.users');

create table wangge.sessions (
  session_hash text not null,
  login text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  constraint sessions_pk primary key (session_hash),
  constraint sessions_user_fk foreign key (login) references wangge.users (login),
  constraint sessions_interval check (created_at < expires_at)
);

comment on table wangge.sessions is 'Who is signed in, by the SHA-256 of the secret in the cookie, in hex; the secret itself is kept nowhere.';

select wangge.replicate('wangge.sessions');

create index sessions_login on wangge.sessions (login);

create table wangge.tokens (
  login text not null,
  name text not null,
  token_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint tokens_pk primary key (login, name),
  constraint tokens_hash unique (token_hash),
  constraint tokens_user_fk foreign key (login) references wangge.users (login),
  constraint tokens_interval check (created_at < expires_at)
);

comment on table wangge.tokens is 'Bearer tokens of devices and programs that act for a user, by their SHA-256 in hex.';

select wangge.replicate('wangge.tokens');

create table wangge.account_log (
  entry_id uuid not null default gen_random_uuid(),
  happened_at timestamptz not null,
  action text not null,
  login text,
  actor text not null,
  address text,
  constraint account_log_pk primary key (entry_id)
);

comment on table wangge.account_log is 'Every sign-in, failure and sign-out, and every change of an account; access_log holds what was read, by town.';

comment on column wangge.account_log.login is 'The account; null when no account has the name that was typed, which may have been a password.';

select wangge.replicate('wangge.account_log');

create index account_log_happened_at on wangge.account_log (happened_at);

-- People who sign in to the console.

alter table users
  add column operator boolean not null default false,
  add column locale text check (locale in ('es', 'en')),
  add column theme text check (theme in ('light', 'dark', 'auto')),
  add column signed_in_at timestamptz;
comment on column users.operator is 'Administers the whole platform in the console.';
comment on column users.locale is 'Language of the console; null: that of the browser.';
comment on column users.theme is 'Colours of the console; null: those of the machine.';
create index users_email on users (lower(email)) where email is not null;

create table sessions (
  hash bytea not null,
  account_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  state text not null check (state in ('second-factor', 'open')),
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  agent text not null,
  primary key (hash)
);
create index sessions_user on sessions (account_id, user_id);
create index sessions_expiry on sessions (expires_at);
comment on column sessions.hash is 'SHA-256 of the cookie; the cookie itself is not kept.';
comment on column sessions.state is 'second-factor: the password was right and a code is awaited; nothing may be done with it.';
comment on column sessions.agent is 'The browser, as it names itself.';

create table second_factors (
  account_id uuid not null,
  user_id uuid not null,
  secret bytea not null,
  last_step bigint not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (account_id, user_id)
);
comment on table second_factors is 'Whose sign-in needs a code of an app besides the password (RFC 6238).';
comment on column second_factors.secret is 'Sealed for the place second-factor:<user_id>.';
comment on column second_factors.last_step is 'Time step of the newest code that was used: it and older ones are refused.';
comment on column second_factors.confirmed_at is 'Null: its owner has not shown a code of it yet, and it is not asked for.';

create table recovery_codes (
  account_id uuid not null,
  user_id uuid not null,
  hash bytea not null,
  used_at timestamptz,
  primary key (account_id, user_id, hash)
);
comment on table recovery_codes is 'Each stands in for a code of the app, once. SHA-256 of 80 random bits.';

create table sign_in_tries (
  kind text not null check (kind in ('login', 'address', 'code', 'password')),
  key bytea not null,
  tries integer not null,
  last_at timestamptz not null,
  free_at timestamptz not null,
  primary key (kind, key)
);
create index sign_in_tries_last on sign_in_tries (last_at);
comment on table sign_in_tries is 'Slows the guessing of passwords and codes, for all processes together.';
comment on column sign_in_tries.key is 'SHA-256 of the login, address or user: people type passwords where logins go.';
comment on column sign_in_tries.free_at is 'Not tried before then; -infinity: at once, whatever the clock of the process that asks.';

create table one_time_links (
  hash bytea not null,
  account_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('invitation', 'reset')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (hash)
);
create index one_time_links_user on one_time_links (account_id, user_id);
comment on table one_time_links is 'Lets a person choose a password, once.';
comment on column one_time_links.hash is 'SHA-256 of what stands in the link, which is shown once and not kept.';

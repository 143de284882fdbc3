-- Who there is: accounts, people, tokens, projects, channels, templates, prices.
--
-- Ready for distribution by tenant: account_id leads every primary key of tenant data and no foreign
-- key leaves a tenant. Tables called "directory" find the tenant in the first place; they are small
-- and would be reference tables.

create table accounts (
  account_id uuid primary key,
  parent_id uuid,
  name text not null,
  state text not null default 'active' check (state in ('active', 'disabled')),
  currency text not null default 'COP' check (currency ~ '^[A-Z]{3}$'),
  countries text[] not null default '{CO}',
  price_book_id uuid,
  version bigint not null default 1,
  created_at timestamptz not null
);
comment on column accounts.parent_id is 'The reseller that owns this account; null for the operator''s own.';
comment on column accounts.countries is 'ISO codes of the countries that it may send to.';
comment on column accounts.version is 'Grows with every change of anything that a send depends on; caches compare it.';

-- Directory.
create table logins (
  login text primary key,
  account_id uuid not null,
  user_id uuid not null
);

create table users (
  account_id uuid not null,
  id uuid not null,
  login text not null,
  name text not null,
  email text,
  role text not null check (role in ('owner', 'administrator', 'supervisor', 'agent', 'developer', 'read-only')),
  password_hash text,
  state text not null default 'active' check (state in ('active', 'disabled')),
  created_at timestamptz not null,
  primary key (account_id, id)
);
comment on column users.password_hash is 'Argon2id, PHC string; null when the person has no password.';

-- Directory.
create table tokens (
  hash bytea primary key,
  id uuid not null unique,
  account_id uuid,
  user_id uuid,
  project_id uuid,
  kind text not null check (kind in ('ws', 'api', 'admin')),
  scopes text[] not null default '{}',
  label text not null,
  hint text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index tokens_account on tokens (account_id);
comment on column tokens.hash is 'SHA-256 of the token; the token itself is shown once and not kept.';
comment on column tokens.account_id is 'Null for an administrator of the whole platform.';
comment on column tokens.project_id is 'Confines the token to one project; null: all of the account.';
comment on column tokens.hint is 'The last four characters, so that people can tell tokens apart.';

create table projects (
  account_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('multiagente', 'designer')),
  name text not null,
  state text not null default 'active' check (state in ('active', 'inactive')),
  time_zone text not null default 'America/Bogota',
  channel_id uuid,
  marketing_max integer not null default 2 check (marketing_max >= 0),
  marketing_window_s integer not null default 86400 check (marketing_window_s > 0),
  deadline_s jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (account_id, id)
);
comment on column projects.marketing_max is 'Marketing messages to one mobile inside the window; one more answers 10.';
comment on column projects.deadline_s is 'Seconds by category until a message must have reached sent; absent: the default.';

-- Directory: what signs and receives a provider's webhooks (Meta's app).
create table provider_apps (
  id uuid primary key,
  account_id uuid not null,
  provider text not null,
  name text not null,
  secrets bytea not null,
  created_at timestamptz not null
);
comment on column provider_apps.account_id is 'The owner; a platform-wide app belongs to the operator''s account.';
comment on column provider_apps.secrets is 'Sealed JSON: appSecret, verifyToken.';

create table channels (
  account_id uuid not null,
  id uuid not null,
  provider text not null,
  app_id uuid not null,
  official_number text not null check (official_number ~ '^[0-9]{6,15}$'),
  number_id text not null,
  business_id text not null,
  base_url text not null,
  api_version text not null,
  credentials bytea not null,
  rate_per_second integer not null default 80 check (rate_per_second between 1 and 1000),
  state text not null default 'active' check (state in ('active', 'inactive')),
  rest_until timestamptz,
  rest_reason text,
  created_at timestamptz not null,
  primary key (account_id, id)
);
comment on column channels.credentials is 'Sealed JSON: accessToken.';
comment on column channels.rest_until is 'Nothing leaves through this number until then (a provider asked for rest).';

-- Directory: which account a provider''s event belongs to.
create table channel_numbers (
  provider text not null,
  number_id text not null,
  business_id text not null,
  app_id uuid not null,
  account_id uuid not null,
  channel_id uuid not null,
  primary key (provider, number_id)
);
create index channel_numbers_business on channel_numbers (provider, business_id);

create sequence template_numbers as integer start 1;

create table templates (
  account_id uuid not null,
  id uuid not null,
  number integer not null default nextval('template_numbers'),
  project_id uuid not null,
  name text not null,
  language text not null,
  category text not null check (category in ('marketing', 'utility', 'authentication')),
  status text not null check (status in ('approved', 'pending', 'rejected', 'paused', 'disabled')),
  definition jsonb not null,
  variables integer not null,
  header text check (header in ('text', 'image', 'video', 'document')),
  provider_template_id text,
  rejected_reason text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, number),
  unique (account_id, project_id, name, language)
);
comment on column templates.number is 'The id_template of the ws API; unique on the whole platform.';
comment on column templates.definition is 'TemplateDefinition.';

-- Directory: prices are shared by accounts.
create table price_books (
  id uuid primary key,
  owner_account_id uuid,
  name text not null,
  currency text not null,
  created_at timestamptz not null
);

create table prices (
  price_book_id uuid not null,
  id uuid not null,
  country text not null,
  category text not null check (category in ('marketing', 'utility', 'authentication', 'service')),
  amount bigint not null check (amount >= 0),
  cost bigint not null default 0 check (cost >= 0),
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (price_book_id, id)
);
create unique index prices_start on prices (price_book_id, country, category, valid_from);
comment on column prices.country is 'ISO code, or * for every country without a price of its own.';
comment on column prices.amount is '1/10,000 of the currency''s unit.';
comment on column prices.cost is 'What the operator pays, in the same unit; shows the margin.';

-- Processes that work on this database; a dead one''s leases are taken over.
create table instances (
  id uuid primary key,
  host text not null,
  boot_id text not null,
  pid integer not null,
  pid_start text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null
);

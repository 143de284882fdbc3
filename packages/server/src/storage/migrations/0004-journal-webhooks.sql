-- What providers posted to us, raw, and what we owe to integrators.

create table journal (
  account_id uuid not null,
  id uuid not null,
  app_id uuid not null,
  provider text not null,
  received_at timestamptz not null,
  body bytea not null,
  state text not null default 'new' check (state in ('new', 'done', 'failed', 'anomalous')),
  items integer,
  ignored jsonb,
  error text,
  processed_at timestamptz,
  primary key (account_id, id)
) partition by range (id);
create table journal_default partition of journal default with (fillfactor = 80);
create index journal_new on journal (account_id, id) where state = 'new';
comment on table journal is 'partitioned by month of id';
comment on column journal.ignored is 'What was kept and named but not acted upon, by name and count.';

create table parked_statuses (
  account_id uuid not null,
  id uuid not null,
  provider_message_id text not null,
  item jsonb not null,
  parked_at timestamptz not null,
  retry_at timestamptz not null,
  primary key (account_id, id)
);
create index parked_statuses_retry on parked_statuses (account_id, retry_at);
comment on table parked_statuses is 'Statuses that came before their message was known; given up after seven days.';

create table endpoints (
  account_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  url text not null,
  state text not null default 'enabled' check (state in ('enabled', 'disabled')),
  disabled_reason text,
  events text[],
  secrets bytea not null,
  headers jsonb not null default '{}',
  failing_since timestamptz,
  failures integer not null default 0,
  open_until timestamptz,
  created_at timestamptz not null,
  primary key (account_id, id)
);
comment on column endpoints.events is 'Null: all.';
comment on column endpoints.secrets is 'Sealed JSON: [{secret, expiresAt}], newest first; two may live at once.';
comment on column endpoints.failing_since is 'Since when every attempt has failed; null after a success.';
comment on column endpoints.open_until is 'The circuit is open (one probe at a time) until then.';

create table deliveries (
  account_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  seq bigint not null,
  kind text not null,
  order_key text not null,
  message_id uuid,
  body text not null,
  state text not null default 'pending' check (state in ('pending', 'calling', 'delivered', 'exhausted', 'parked')),
  due_at timestamptz,
  owner uuid,
  attempts smallint not null default 0,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (account_id, id)
) partition by range (id);
create table deliveries_default partition of deliveries default with (fillfactor = 70);
create index deliveries_work on deliveries (state, account_id, endpoint_id, due_at)
  where state in ('pending', 'calling');
create index deliveries_order on deliveries (account_id, endpoint_id, order_key, seq)
  where state in ('pending', 'calling', 'parked');
create index deliveries_message on deliveries (account_id, message_id) where message_id is not null;
comment on table deliveries is 'partitioned by month of id';
comment on column deliveries.id is 'The webhook-id that the receiver sees, the same on every attempt.';
comment on column deliveries.order_key is 'Deliveries to one endpoint with the same key arrive in the order of seq: the message, or the conversation.';

create table delivery_attempts (
  account_id uuid not null,
  id uuid not null,
  delivery_id uuid not null,
  number smallint not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  http_status integer,
  error text,
  response text,
  primary key (account_id, id)
) partition by range (id);
create table delivery_attempts_default partition of delivery_attempts default with (fillfactor = 80);
create index delivery_attempts_delivery on delivery_attempts (account_id, delivery_id)
  where delivery_id is not null;
comment on table delivery_attempts is 'partitioned by month of id';

-- The schema after all migrations, for reading. Do not edit; write it anew with: npx node tools/schema-dump/main.ts

create sequence template_numbers as integer start 1 increment 1;

create table account_books (
  account_id uuid not null,
  since timestamp with time zone not null,
  price_book_id uuid not null,
  constraint account_books_pkey PRIMARY KEY (account_id, since)
);

create table accounts (
  account_id uuid not null,
  parent_id uuid,
  name text not null,
  state text not null default 'active'::text,
  currency text not null default 'COP'::text,
  countries text[] not null default '{CO}'::text[],
  price_book_id uuid,
  version bigint not null default 1,
  created_at timestamp with time zone not null,
  time_zone text not null default 'America/Bogota'::text,
  constraint accounts_pkey PRIMARY KEY (account_id),
  constraint accounts_currency_check CHECK (currency ~ '^[A-Z]{3}$'::text),
  constraint accounts_state_check CHECK (state = ANY (ARRAY['active'::text, 'disabled'::text]))
);
CREATE INDEX accounts_parent ON accounts USING btree (parent_id) WHERE parent_id IS NOT NULL;
comment on column accounts.parent_id is 'The reseller that owns this account; null for the operator''s own.';
comment on column accounts.countries is 'ISO codes of the countries that it may send to.';
comment on column accounts.version is 'Grows with every change of anything that a send depends on; caches compare it.';
comment on column accounts.time_zone is 'Its months begin and end by this clock.';

create table address_aliases (
  account_id uuid not null,
  dialled text not null,
  whatsapp text not null,
  noted_at timestamp with time zone not null,
  constraint address_aliases_pkey PRIMARY KEY (account_id, dialled)
);
CREATE INDEX address_aliases_whatsapp ON address_aliases USING btree (account_id, whatsapp);
comment on table address_aliases is 'Numbers under which WhatsApp knows a person by another one (Brazil, Mexico, Argentina), as it answered a send.';

create table address_changes (
  account_id uuid not null,
  address text not null,
  earlier text not null,
  at timestamp with time zone not null,
  constraint address_changes_pkey PRIMARY KEY (account_id, address, earlier)
);
comment on table address_changes is 'Addresses (a number, or WhatsApp''s id) that the person of an address had before, the ones before those too.';

create table agents (
  account_id uuid not null,
  user_id uuid not null,
  state text not null default 'available'::text,
  state_at timestamp with time zone not null,
  capacity integer,
  seen_at timestamp with time zone,
  given_at timestamp with time zone,
  constraint agents_pkey PRIMARY KEY (account_id, user_id),
  constraint agents_capacity_check CHECK (capacity >= 0 AND capacity <= 500),
  constraint agents_state_check CHECK (state = ANY (ARRAY['available'::text, 'away'::text]))
) with (fillfactor=50);
comment on column agents.capacity is 'Open conversations that the rules may give it; null: the project''s number.';
comment on column agents.seen_at is 'When it was last here, to some seconds.';
comment on column agents.given_at is 'When a rule last gave it a conversation: whoever waited longest is next in the round.';

create table attempts (
  account_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  number smallint not null,
  owner uuid not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  outcome text,
  code text,
  reason text,
  constraint attempts_pkey PRIMARY KEY (account_id, id),
  constraint attempts_outcome_check CHECK (outcome = ANY (ARRAY['accepted'::text, 'refused'::text, 'unknown'::text, 'not-made'::text]))
) partition by range (id);
CREATE INDEX attempts_message ON ONLY attempts USING btree (account_id, message_id) WHERE message_id IS NOT NULL;
comment on table attempts is 'partitioned by month of id';
comment on column attempts.outcome is 'Null while the call is under way; the row is written before the call.';

create table attempts_default partition of attempts default with (fillfactor=80);

create table audit (
  account_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  actor text not null,
  actor_account_id uuid,
  token_id uuid not null,
  user_id uuid,
  address text not null,
  action text not null,
  target_id text,
  status integer,
  before jsonb,
  after jsonb,
  request jsonb,
  constraint audit_pkey PRIMARY KEY (account_id, id),
  constraint audit_actor_check CHECK (actor = ANY (ARRAY['administrator'::text, 'reseller'::text, 'account'::text]))
);
CREATE INDEX audit_id ON audit USING btree (id);
comment on column audit.account_id is 'Whom it concerns; all zeros: the platform as a whole.';
comment on column audit.actor_account_id is 'The account that the token belongs to; null for an administrator of the platform.';
comment on column audit.action is 'Method and route, such as PATCH /admin/accounts/:id.';
comment on column audit.status is 'The HTTP status that was answered; null: the process died in between.';
comment on column audit.request is 'What was asked, without secrets.';

create table auto_messages (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  conversation_id uuid not null,
  project_id uuid not null,
  mobile text not null,
  body text not null,
  interactive jsonb,
  due_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint auto_messages_pkey PRIMARY KEY (account_id, id),
  constraint auto_messages_kind_check CHECK (kind = ANY (ARRAY['away'::text, 'rating'::text, 'thanks'::text]))
);
CREATE INDEX auto_messages_due ON auto_messages USING btree (due_at);
comment on table auto_messages is 'What the platform is about to say by itself; the id is the idempotency key. A row goes when it was accepted, refused or too late.';

create table away_messages (
  account_id uuid not null,
  conversation_id uuid not null,
  closed_at timestamp with time zone not null,
  constraint away_messages_pkey PRIMARY KEY (account_id, conversation_id, closed_at)
);
comment on table away_messages is 'Which conversations were told that nobody is there, in the closed period that began then.';

create table balance_alerts (
  account_id uuid not null,
  id uuid not null,
  threshold bigint not null,
  rearm_at bigint not null,
  webhook boolean not null,
  emails text[] not null default '{}'::text[],
  language text not null default 'es'::text,
  state text not null default 'armed'::text,
  fired_at timestamp with time zone,
  fired_balance bigint,
  told_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint balance_alerts_pkey PRIMARY KEY (account_id, id),
  constraint balance_alerts_check CHECK (rearm_at >= threshold),
  constraint balance_alerts_language_check CHECK (language = ANY (ARRAY['es'::text, 'en'::text])),
  constraint balance_alerts_state_check CHECK (state = ANY (ARRAY['armed'::text, 'fired'::text]))
);
CREATE INDEX balance_alerts_untold ON balance_alerts USING btree (account_id) WHERE fired_at IS NOT NULL AND told_at IS NULL;
comment on column balance_alerts.threshold is 'Fires when the balance falls below it; 1/10,000 units.';
comment on column balance_alerts.rearm_at is 'Armed again once the balance has reached it.';
comment on column balance_alerts.told_at is 'When those concerned were told of the last firing; null: still to be done.';

create table campaigns (
  account_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text not null,
  messages_max bigint,
  amount_max bigint,
  accepted bigint not null default 0,
  failed bigint not null default 0,
  cancelled bigint not null default 0,
  spent bigint not null default 0,
  refunded bigint not null default 0,
  created_at timestamp with time zone not null,
  last_accepted_at timestamp with time zone,
  constraint campaigns_pkey PRIMARY KEY (account_id, id),
  constraint campaigns_account_id_project_id_name_key UNIQUE (account_id, project_id, name),
  constraint campaigns_amount_max_check CHECK (amount_max >= 0),
  constraint campaigns_messages_max_check CHECK (messages_max >= 0),
  constraint campaigns_name_check CHECK (length(name) >= 1 AND length(name) <= 100)
) with (fillfactor=50);
comment on column campaigns.accepted is 'Messages that were paid for, whatever became of them.';
comment on column campaigns.failed is 'Of these, refunded because they failed.';
comment on column campaigns.cancelled is 'Of these, refunded because they were taken back.';
comment on column campaigns.spent is 'Paid and not refunded, 1/10,000 units.';
comment on column campaigns.refunded is 'Paid and given back, 1/10,000 units.';

create table canned_replies (
  account_id uuid not null,
  id uuid not null,
  shortcut text not null,
  body text not null,
  project_id uuid,
  owner_id uuid,
  updated_at timestamp with time zone not null,
  constraint canned_replies_pkey PRIMARY KEY (account_id, id),
  constraint canned_replies_shortcut_check CHECK (length(shortcut) >= 1 AND length(shortcut) <= 40)
);
CREATE UNIQUE INDEX canned_replies_shortcut ON canned_replies USING btree (account_id, lower(shortcut), project_id, owner_id) NULLS NOT DISTINCT;
comment on column canned_replies.project_id is 'Only there; null: in all projects.';
comment on column canned_replies.owner_id is 'Only this person''s; null: everybody''s.';

create table channel_alarms (
  account_id uuid not null,
  channel_id uuid not null,
  silent_since timestamp with time zone not null,
  expected integer not null,
  raised_at timestamp with time zone not null,
  constraint channel_alarms_pkey PRIMARY KEY (account_id, channel_id)
);
comment on table channel_alarms is 'Numbers that usually receive and are silent now. A row goes when the number receives again.';
comment on column channel_alarms.expected is 'How many messages the same hours usually bring.';

create table channel_hours (
  account_id uuid not null,
  channel_id uuid not null,
  hour timestamp with time zone not null,
  received integer not null,
  constraint channel_hours_pkey PRIMARY KEY (account_id, channel_id, hour)
);
comment on table channel_hours is 'Messages of people by number and hour, counted by a job; kept for some weeks.';

create table channel_notices (
  account_id uuid not null,
  id uuid not null,
  channel_id uuid,
  what text not null,
  at timestamp with time zone not null,
  data jsonb not null,
  constraint channel_notices_pkey PRIMARY KEY (account_id, id)
);
comment on table channel_notices is 'What a provider told about a number or its business account; the id is made of its time and content.';
comment on column channel_notices.channel_id is 'Null: it concerns the business account, not one number.';

create table channel_numbers (
  provider text not null,
  number_id text not null,
  business_id text not null,
  app_id uuid not null,
  account_id uuid not null,
  channel_id uuid not null,
  constraint channel_numbers_pkey PRIMARY KEY (provider, number_id)
);
CREATE INDEX channel_numbers_business ON channel_numbers USING btree (provider, business_id);

create table channel_pace (
  account_id uuid not null,
  channel_id uuid not null,
  tokens double precision not null,
  refilled_at timestamp with time zone not null,
  constraint channel_pace_pkey PRIMARY KEY (account_id, channel_id)
);
comment on table channel_pace is 'Token bucket of each number, shared by all processes.';

create table channels (
  account_id uuid not null,
  id uuid not null,
  provider text not null,
  app_id uuid not null,
  official_number text not null,
  number_id text not null,
  business_id text not null,
  base_url text not null,
  api_version text not null,
  credentials bytea not null,
  rate_per_second integer not null default 80,
  state text not null default 'active'::text,
  rest_until timestamp with time zone,
  rest_reason text,
  created_at timestamp with time zone not null,
  constraint channels_pkey PRIMARY KEY (account_id, id),
  constraint channels_official_number_check CHECK (official_number ~ '^[0-9]{6,15}$'::text),
  constraint channels_rate_per_second_check CHECK (rate_per_second >= 1 AND rate_per_second <= 1000),
  constraint channels_state_check CHECK (state = ANY (ARRAY['active'::text, 'inactive'::text]))
);
comment on column channels.credentials is 'Sealed JSON: accessToken.';
comment on column channels.rest_until is 'Nothing leaves through this number until then (a provider asked for rest).';

create table composers (
  account_id uuid not null,
  conversation_id uuid not null,
  user_id uuid not null,
  taken_at timestamp with time zone not null,
  free_at timestamp with time zone not null,
  constraint composers_pkey PRIMARY KEY (account_id, conversation_id)
);
comment on table composers is 'Who is writing to the person of a conversation: one at a time.';
comment on column composers.free_at is 'Anybody''s from then on, unless it is renewed.';

create table contact_addresses (
  account_id uuid not null,
  kind text not null,
  value text not null,
  contact_id uuid not null,
  confirmed boolean not null,
  created_at timestamp with time zone not null,
  constraint contact_addresses_pkey PRIMARY KEY (account_id, kind, value),
  constraint contact_addresses_kind_check CHECK (kind = ANY (ARRAY['phone'::text, 'whatsapp-user-id'::text]))
);
CREATE INDEX contact_addresses_contact ON contact_addresses USING btree (account_id, contact_id);
comment on column contact_addresses.value is 'As in messages.mobile: digits without +, or WhatsApp''s business-scoped id.';
comment on column contact_addresses.confirmed is 'WhatsApp itself names the person so; false: somebody typed it, or it was dialled.';

create table contact_events (
  account_id uuid not null,
  contact_id uuid not null,
  event_id uuid not null,
  constraint contact_events_pkey PRIMARY KEY (account_id, contact_id, event_id)
);
comment on table contact_events is 'Which events concern a contact or one of its conversations; those of messages are found by the message.';

create table contact_merges (
  account_id uuid not null,
  id uuid not null,
  survivor_id uuid not null,
  merged_id uuid not null,
  moved jsonb not null,
  merged_at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint contact_merges_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX contact_merges_merged ON contact_merges USING btree (account_id, merged_id);
CREATE INDEX contact_merges_survivor ON contact_merges USING btree (account_id, survivor_id);
comment on column contact_merges.moved is 'What the survivor got by it, so that it can be given back.';

create table contact_search (
  account_id uuid not null,
  contact_id uuid not null,
  words tsvector not null,
  constraint contact_search_pkey PRIMARY KEY (account_id, contact_id)
);
CREATE INDEX contact_search_words ON contact_search USING gin (words);

create table contacts (
  account_id uuid not null,
  id uuid not null,
  project_id uuid,
  name text,
  profile_name text,
  profile_at timestamp with time zone,
  language text,
  custom_fields jsonb not null default '{}'::jsonb,
  labels text[] not null default '{}'::text[],
  search text not null default ''::text,
  merged_into uuid,
  erased_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint contacts_pkey PRIMARY KEY (account_id, id)
);
comment on table contacts is 'A person as an account knows it. Sending makes none: a person who writes does, and whoever says so.';
comment on column contacts.project_id is 'The project whose token made it; null: a person who wrote, or a token of the whole account.';
comment on column contacts.profile_name is 'As the person calls itself on WhatsApp; from the message of profile_at, never from an older one.';
comment on column contacts.search is 'Both names in lower case and without accents, for looking up.';
comment on column contacts.merged_into is 'It was found to be this other contact, which has its addresses now.';
comment on column contacts.erased_at is 'Its data were erased then; the empty row is kept for its conversations.';

create table conversation_labels (
  account_id uuid not null,
  label_id uuid not null,
  conversation_id uuid not null,
  constraint conversation_labels_pkey PRIMARY KEY (account_id, label_id, conversation_id)
);
CREATE INDEX conversation_labels_conversation ON conversation_labels USING btree (account_id, conversation_id);

create table conversations (
  account_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  project_id uuid not null,
  state text not null default 'open'::text,
  opened_at timestamp with time zone not null,
  snoozed_until timestamp with time zone,
  resolved_at timestamp with time zone,
  last_inbound_at timestamp with time zone not null,
  last_inbound_id uuid not null,
  window_expires_at timestamp with time zone not null,
  unread integer not null default 0,
  assignee_id uuid,
  version bigint not null default 1,
  updated_at timestamp with time zone not null,
  team_id uuid,
  waiting_since timestamp with time zone,
  first_answered_at timestamp with time zone,
  rating smallint,
  constraint conversations_pkey PRIMARY KEY (account_id, id),
  constraint conversations_rating_check CHECK (rating >= 1 AND rating <= 5),
  constraint conversations_state_check CHECK (state = ANY (ARRAY['open'::text, 'snoozed'::text, 'resolved'::text])),
  constraint conversations_unread_check CHECK (unread >= 0)
);
CREATE INDEX conversations_activity ON conversations USING btree (account_id, last_inbound_at, id);
CREATE INDEX conversations_contact ON conversations USING btree (account_id, contact_id);
CREATE INDEX conversations_mine ON conversations USING btree (account_id, assignee_id, last_inbound_at, id) WHERE state = 'open'::text AND assignee_id IS NOT NULL;
CREATE UNIQUE INDEX conversations_open ON conversations USING btree (account_id, contact_id, channel_id) WHERE state <> 'resolved'::text;
CREATE INDEX conversations_queue ON conversations USING btree (account_id, COALESCE(waiting_since, 'infinity'::timestamp with time zone), id) WHERE state = 'open'::text AND assignee_id IS NULL;
CREATE INDEX conversations_snoozed ON conversations USING btree (snoozed_until) WHERE state = 'snoozed'::text;
CREATE INDEX conversations_state ON conversations USING btree (account_id, state, last_inbound_at, id);
CREATE INDEX conversations_team ON conversations USING btree (account_id, team_id, last_inbound_at, id) WHERE state = 'open'::text AND team_id IS NOT NULL;
comment on table conversations is 'A contact on a channel. Its messages are those of the contact''s addresses on that channel; none is copied here.';
comment on column conversations.project_id is 'The project of the message that opened it.';
comment on column conversations.last_inbound_at is 'By the provider''s time; a message that comes late never moves it back.';
comment on column conversations.window_expires_at is 'Until then free text may be sent: 24 hours after the person''s last message.';
comment on column conversations.assignee_id is 'The user who has it; null: nobody.';
comment on column conversations.version is 'Grows with every change.';
comment on column conversations.team_id is 'The team in whose queue it stands; null: everybody''s.';
comment on column conversations.waiting_since is 'The first word of the person that nobody has answered in the console; null: none.';
comment on column conversations.first_answered_at is 'When somebody first answered it in the console.';
comment on column conversations.rating is 'What the person gave for it; null: nothing.';

create table counters (
  account_id uuid not null,
  event_seq bigint not null default 0,
  constraint counters_pkey PRIMARY KEY (account_id)
);

create table deliveries (
  account_id uuid not null,
  id uuid not null,
  endpoint_id uuid not null,
  seq bigint not null,
  kind text not null,
  order_key text not null,
  message_id uuid,
  body text not null,
  state text not null default 'pending'::text,
  due_at timestamp with time zone,
  owner uuid,
  attempts smallint not null default 0,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint deliveries_pkey PRIMARY KEY (account_id, id),
  constraint deliveries_state_check CHECK (state = ANY (ARRAY['pending'::text, 'calling'::text, 'delivered'::text, 'exhausted'::text, 'parked'::text]))
) partition by range (id);
CREATE INDEX deliveries_message ON ONLY deliveries USING btree (account_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX deliveries_order ON ONLY deliveries USING btree (account_id, endpoint_id, order_key, seq) WHERE state = ANY (ARRAY['pending'::text, 'calling'::text, 'parked'::text]);
CREATE INDEX deliveries_work ON ONLY deliveries USING btree (state, account_id, endpoint_id, due_at) WHERE state = ANY (ARRAY['pending'::text, 'calling'::text]);
comment on table deliveries is 'partitioned by month of id';
comment on column deliveries.id is 'The webhook-id that the receiver sees, the same on every attempt.';
comment on column deliveries.order_key is 'Deliveries to one endpoint with the same key arrive in the order of seq: the message, or the conversation.';

create table deliveries_default partition of deliveries default with (fillfactor=70);

create table delivery_attempts (
  account_id uuid not null,
  id uuid not null,
  delivery_id uuid not null,
  number smallint not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  http_status integer,
  error text,
  response text,
  constraint delivery_attempts_pkey PRIMARY KEY (account_id, id)
) partition by range (id);
CREATE INDEX delivery_attempts_delivery ON ONLY delivery_attempts USING btree (account_id, delivery_id) WHERE delivery_id IS NOT NULL;
comment on table delivery_attempts is 'partitioned by month of id';

create table delivery_attempts_default partition of delivery_attempts default with (fillfactor=80);

create table drafts (
  account_id uuid not null,
  user_id uuid not null,
  conversation_id uuid not null,
  body text not null,
  kind text not null,
  reply_to uuid,
  updated_at timestamp with time zone not null,
  constraint drafts_pkey PRIMARY KEY (account_id, user_id, conversation_id),
  constraint drafts_kind_check CHECK (kind = ANY (ARRAY['reply'::text, 'note'::text]))
);
CREATE INDEX drafts_conversation ON drafts USING btree (account_id, conversation_id);

create table endpoint_pace (
  account_id uuid not null,
  endpoint_id uuid not null,
  at timestamp with time zone[] not null,
  calls integer[] not null,
  constraint endpoint_pace_pkey PRIMARY KEY (account_id, endpoint_id)
);
comment on table endpoint_pace is 'Calls of endpoints that have a limit, of the last second: how many were begun when; a negative count gives back.';

create table endpoints (
  account_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  url text not null,
  state text not null default 'enabled'::text,
  disabled_reason text,
  events text[],
  secrets bytea not null,
  headers jsonb not null default '{}'::jsonb,
  failing_since timestamp with time zone,
  failures integer not null default 0,
  open_until timestamp with time zone,
  created_at timestamp with time zone not null,
  numbers text[],
  templates text[],
  rate_per_second integer,
  constraint endpoints_pkey PRIMARY KEY (account_id, id),
  constraint endpoints_rate_per_second_check CHECK (rate_per_second >= 1 AND rate_per_second <= 1000),
  constraint endpoints_state_check CHECK (state = ANY (ARRAY['enabled'::text, 'disabled'::text]))
);
comment on column endpoints.events is 'Events and families of them (template.*); null: the five of messages.';
comment on column endpoints.secrets is 'Sealed JSON: [{secret, expiresAt}], newest first; two may live at once.';
comment on column endpoints.failing_since is 'Since when every attempt has failed; null after a success.';
comment on column endpoints.open_until is 'The circuit is open (one probe at a time) until then.';
comment on column endpoints.numbers is 'Only what concerns these official numbers; null: all.';
comment on column endpoints.templates is 'Only messages of these templates, by id_template or name; null: all.';
comment on column endpoints.rate_per_second is 'Calls begun in any second, by all processes; null: no limit.';

create table erasures (
  account_id uuid not null,
  id uuid not null,
  state text not null default 'running'::text,
  contact_ids uuid[] not null,
  addresses text[] not null,
  progress jsonb not null default '{}'::jsonb,
  requested_by text not null,
  requested_at timestamp with time zone not null,
  due_at timestamp with time zone,
  finished_at timestamp with time zone,
  constraint erasures_pkey PRIMARY KEY (account_id, id),
  constraint erasures_state_check CHECK (state = ANY (ARRAY['running'::text, 'done'::text]))
);
CREATE INDEX erasures_due ON erasures USING btree (due_at) WHERE state = 'running'::text;
comment on table erasures is 'Erasing one person''s data: what was asked for and how far it has come.';
comment on column erasures.addresses is 'Whose messages they are; emptied when it is done.';
comment on column erasures.progress is 'How many rows of what were erased, and the place in the journal.';
comment on column erasures.due_at is 'When a worker looks at it; in the future while one is at work on it, or messages under way are waited for.';

create table events (
  account_id uuid not null,
  id uuid not null,
  seq bigint not null,
  kind text not null,
  message_id uuid,
  project_id uuid,
  at timestamp with time zone not null,
  data jsonb,
  constraint events_pkey PRIMARY KEY (account_id, id)
) partition by range (id);
CREATE INDEX events_message ON ONLY events USING btree (account_id, message_id, seq) WHERE message_id IS NOT NULL;
CREATE INDEX events_seq ON ONLY events USING btree (account_id, seq) WHERE seq IS NOT NULL;
comment on table events is 'partitioned by month of id';
comment on column events.seq is 'Number of the event in its account, without gaps, in commit order.';

create table events_default partition of events default;

create table idempotency_keys (
  account_id uuid not null,
  key_hash bytea not null,
  request_digest bytea not null,
  message_id uuid not null,
  used_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (account_id, key_hash)
);
CREATE INDEX idempotency_keys_used ON idempotency_keys USING btree (used_at);
comment on table idempotency_keys is 'Keys of sends that were accepted, for 72 hours; removed by the sweep.';
comment on column idempotency_keys.key_hash is 'SHA-256 of the project that the token is confined to and the caller''s key.';
comment on column idempotency_keys.request_digest is 'SHA-256 of everything that was asked for.';

create table inbox_views (
  account_id uuid not null,
  id uuid not null,
  owner_id uuid,
  name text not null,
  filter jsonb not null,
  "position" integer not null,
  created_at timestamp with time zone not null,
  constraint inbox_views_pkey PRIMARY KEY (account_id, id),
  constraint inbox_views_name_check CHECK (length(name) >= 1 AND length(name) <= 60)
);
CREATE UNIQUE INDEX inbox_views_name ON inbox_views USING btree (account_id, owner_id, lower(name)) NULLS NOT DISTINCT;
comment on table inbox_views is 'Filters of the list of conversations under a name.';
comment on column inbox_views.owner_id is 'Only this person''s; null: everybody''s.';

create table instances (
  id uuid not null,
  host text not null,
  boot_id text not null,
  pid integer not null,
  pid_start text not null,
  started_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  constraint instances_pkey PRIMARY KEY (id)
);

create table journal (
  account_id uuid not null,
  id uuid not null,
  app_id uuid not null,
  provider text not null,
  received_at timestamp with time zone not null,
  body bytea not null,
  state text not null default 'new'::text,
  items integer,
  ignored jsonb,
  error text,
  processed_at timestamp with time zone,
  constraint journal_pkey PRIMARY KEY (account_id, id),
  constraint journal_state_check CHECK (state = ANY (ARRAY['new'::text, 'done'::text, 'failed'::text, 'anomalous'::text]))
) partition by range (id);
CREATE INDEX journal_new ON ONLY journal USING btree (account_id, id) WHERE state = 'new'::text;
comment on table journal is 'partitioned by month of id';
comment on column journal.ignored is 'What was kept and named but not acted upon, by name and count.';

create table journal_default partition of journal default with (fillfactor=80);

create table labels (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  color text not null,
  created_at timestamp with time zone not null,
  constraint labels_pkey PRIMARY KEY (account_id, id),
  constraint labels_account_id_name_key UNIQUE (account_id, name),
  constraint labels_name_check CHECK (length(name) >= 1 AND length(name) <= 50)
);

create table lane_locks (
  account_id uuid not null,
  lane text not null,
  constraint lane_locks_pkey PRIMARY KEY (account_id, lane)
);

create table log_followers (
  account_id uuid not null,
  follower text not null,
  seq bigint not null,
  contacts_after uuid,
  messages_after uuid,
  constraint log_followers_pkey PRIMARY KEY (account_id, follower)
) with (fillfactor=50);
comment on table log_followers is 'How far an account''s log has been followed, by what for. Its lock is the right to go on.';
comment on column log_followers.contacts_after is 'Of search: up to which contact the index is made anew; null: all are in it.';
comment on column log_followers.messages_after is 'As contacts_after, of messages.';

create table logins (
  login text not null,
  account_id uuid not null,
  user_id uuid not null,
  constraint logins_pkey PRIMARY KEY (login)
);

create table mail_outbox (
  account_id uuid not null,
  id uuid not null,
  recipient text not null,
  subject text not null,
  body text not null,
  state text not null default 'pending'::text,
  due_at timestamp with time zone,
  owner uuid,
  attempts smallint not null default 0,
  error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint mail_outbox_pkey PRIMARY KEY (account_id, id),
  constraint mail_outbox_state_check CHECK (state = ANY (ARRAY['pending'::text, 'sending'::text, 'sent'::text, 'failed'::text]))
);
CREATE INDEX mail_outbox_due ON mail_outbox USING btree (due_at) WHERE state = ANY (ARRAY['pending'::text, 'sending'::text]);
comment on column mail_outbox.id is 'Part of the Message-ID: the same on every attempt.';

create table media (
  account_id uuid not null,
  id uuid not null,
  storage_key text not null,
  sha256 bytea not null,
  bytes bigint not null,
  mime text not null,
  name text not null,
  message_id uuid,
  created_at timestamp with time zone not null,
  project_id uuid,
  constraint media_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX media_sha256 ON media USING btree (account_id, sha256);
CREATE INDEX media_storage_key ON media USING btree (storage_key);
CREATE INDEX media_uploaded ON media USING btree (created_at) WHERE message_id IS NULL;
comment on column media.project_id is 'Of an uploaded file: the project that the token was confined to; null: all of the account.';

create table mentions (
  account_id uuid not null,
  user_id uuid not null,
  conversation_id uuid not null,
  note_id uuid not null,
  constraint mentions_pkey PRIMARY KEY (account_id, user_id, conversation_id)
);
CREATE INDEX mentions_conversation ON mentions USING btree (account_id, conversation_id);
CREATE INDEX mentions_newest ON mentions USING btree (account_id, user_id, note_id);
comment on table mentions is 'Conversations in whose notes a person is mentioned and has not looked since.';
comment on column mentions.note_id is 'The newest note that does.';

create table message_search (
  account_id uuid not null,
  message_id uuid not null,
  project_id uuid not null,
  words tsvector not null,
  constraint message_search_pkey PRIMARY KEY (account_id, message_id)
);
CREATE INDEX message_search_words ON message_search USING gin (words);
comment on table message_search is 'What messages of contacts are found by. Every word begins with a mark of its account, so that accounts share no list in the index.';

create table messages (
  account_id uuid not null,
  id uuid not null,
  direction text not null,
  project_id uuid not null,
  channel_id uuid not null,
  mobile text not null,
  category text not null,
  kind text not null,
  template_id uuid,
  variables text[] not null default '{}'::text[],
  body text not null default ''::text,
  media jsonb,
  custom_field text not null default ''::text,
  reply_to uuid,
  digest bytea,
  source text not null,
  price bigint not null default 0,
  status text not null,
  code text,
  reason text,
  refunded boolean not null default false,
  lane text,
  class smallint not null default 1,
  due_at timestamp with time zone,
  deadline_at timestamp with time zone,
  owner uuid,
  attempts smallint not null default 0,
  provider_message_id text,
  accepted_at timestamp with time zone not null,
  submitted_at timestamp with time zone,
  sent_at timestamp with time zone,
  delivered_at timestamp with time zone,
  read_at timestamp with time zone,
  failed_at timestamp with time zone,
  scheduled_at timestamp with time zone,
  content jsonb,
  user_id text,
  campaign_id uuid,
  place uuid,
  constraint messages_pkey PRIMARY KEY (account_id, id),
  constraint messages_category_check CHECK (category = ANY (ARRAY['marketing'::text, 'utility'::text, 'authentication'::text, 'service'::text])),
  constraint messages_direction_check CHECK (direction = ANY (ARRAY['out'::text, 'in'::text])),
  constraint messages_lane_check CHECK (lane = ANY (ARRAY['held'::text, 'unprepared'::text, 'preparing'::text, 'queued'::text, 'calling'::text, 'unknown'::text, 'awaiting'::text, 'fetching'::text])) NOT VALID,
  constraint messages_status_check CHECK (status = ANY (ARRAY['held'::text, 'accepted'::text, 'submitted'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'failed'::text, 'cancelled'::text, 'received'::text])) NOT VALID
) partition by range (id);
CREATE INDEX messages_custom_field ON ONLY messages USING btree (account_id, md5(custom_field), id) WHERE custom_field <> ''::text;
CREATE INDEX messages_mobile ON ONLY messages USING btree (account_id, mobile, id) WHERE mobile IS NOT NULL;
CREATE INDEX messages_provider ON ONLY messages USING btree (account_id, provider_message_id) WHERE provider_message_id IS NOT NULL;
CREATE INDEX messages_work ON ONLY messages USING btree (lane, account_id, channel_id, class, due_at) WHERE lane IS NOT NULL;
comment on table messages is 'partitioned by month of id';
comment on column messages.digest is 'SHA-256 of what was said; the same to the same mobile inside 60 s answers 9.';
comment on column messages.lane is 'held: waits for money until due_at · unprepared: its file is to be made ready at due_at · preparing: that is under way, until due_at · queued: leaves at due_at · calling: a call is under way, its lease ends at due_at · unknown: its outcome is not known, given up at due_at · awaiting: handed over, must be sent by due_at · fetching: a person''s file is to be fetched at due_at · null: nothing is owed.';
comment on column messages.class is '0 authentication, 1 utility and session, 2 marketing.';
comment on column messages.owner is 'The instance at work on it, while lane is preparing or calling.';
comment on column messages.scheduled_at is 'Not before then; null: at once.';
comment on column messages.content is 'What a message carries besides text, file and variables, whoever wrote it (MessageContent of the contract); null: nothing.';
comment on column messages.user_id is 'WhatsApp''s business-scoped id of the person who wrote; null when WhatsApp gave none.';
comment on column messages.place is 'Where a person''s message stands in its thread, compared with the ids of all else there: where it came in; null: its id.';

create table messages_default partition of messages default with (fillfactor=70);

create table notes (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  author_id uuid not null,
  body text not null,
  mentions uuid[] not null default '{}'::uuid[],
  edited_at timestamp with time zone,
  deleted_at timestamp with time zone,
  constraint notes_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX notes_conversation ON notes USING btree (account_id, conversation_id, id);
comment on table notes is 'What people of the account write to one another about a conversation. The id is of the moment of writing.';

create table one_time_links (
  hash bytea not null,
  account_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  kind text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint one_time_links_pkey PRIMARY KEY (hash),
  constraint one_time_links_kind_check CHECK (kind = ANY (ARRAY['invitation'::text, 'reset'::text, 'forgotten'::text]))
);
CREATE INDEX one_time_links_user ON one_time_links USING btree (account_id, user_id);
comment on table one_time_links is 'Lets a person choose a password, once.';
comment on column one_time_links.hash is 'SHA-256 of what stands in the link, which is shown once and not kept.';
comment on column one_time_links.kind is 'forgotten: asked for by whoever came, so it puts no other link out.';

create table opt_out_replies (
  account_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  mobile text not null,
  body text not null,
  due_at timestamp with time zone not null,
  constraint opt_out_replies_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX opt_out_replies_due ON opt_out_replies USING btree (due_at);

create table opt_out_rules (
  account_id uuid not null,
  project_id uuid not null,
  out_words text[],
  in_words text[],
  out_reply text,
  in_reply text,
  updated_at timestamp with time zone not null,
  constraint opt_out_rules_pkey PRIMARY KEY (account_id, project_id)
);
comment on column opt_out_rules.out_words is 'What a person writes to be listed; null: the usual words.';
comment on column opt_out_rules.out_reply is 'What is answered to it; null: nothing.';

create table opt_outs (
  account_id uuid not null,
  project_id uuid not null,
  mobile text not null,
  source text not null,
  note text not null default ''::text,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  due_at timestamp with time zone,
  looks smallint not null default 0,
  constraint opt_outs_pkey PRIMARY KEY (account_id, project_id, mobile),
  constraint opt_outs_source_check CHECK (source = ANY (ARRAY['listed'::text, 'word'::text, 'whatsapp'::text]))
);
CREATE INDEX opt_outs_due ON opt_outs USING btree (due_at) WHERE due_at IS NOT NULL;
comment on table opt_outs is 'Who is not sent marketing by a project.';
comment on column opt_outs.source is 'listed: by the integrator · word: the person wrote it · whatsapp: the person said so in WhatsApp''s own settings.';
comment on column opt_outs.ended_at is 'When the person opted in again; the row stays, so that an old wish that is told again is known as old.';
comment on column opt_outs.due_at is 'When marketing that still waits for this person is to be looked for; null: that is done.';

create table pair_pace (
  account_id uuid not null,
  channel_id uuid not null,
  mobile text not null,
  free_at timestamp with time zone not null,
  constraint pair_pace_pkey PRIMARY KEY (account_id, channel_id, mobile)
);
comment on column pair_pace.free_at is 'When all sends to this person would be paid off at one in six seconds.';

create table parked_statuses (
  account_id uuid not null,
  id uuid not null,
  provider_message_id text not null,
  item jsonb not null,
  parked_at timestamp with time zone not null,
  retry_at timestamp with time zone not null,
  constraint parked_statuses_pkey PRIMARY KEY (account_id, id)
);
CREATE INDEX parked_statuses_retry ON parked_statuses USING btree (account_id, retry_at);
comment on table parked_statuses is 'Statuses that came before their message was known; given up after seven days.';

create table password_resets (
  id uuid not null,
  login bytea not null,
  address text not null,
  answered uuid[] not null default '{}'::uuid[],
  attempts integer not null default 0,
  created_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  constraint password_resets_pkey PRIMARY KEY (id)
);
CREATE INDEX password_resets_due ON password_resets USING btree (due_at);
comment on table password_resets is 'Somebody who says that a password is forgotten; answered by a worker, and gone then.';
comment on column password_resets.login is 'What was typed, sealed for the place password-reset:<id>: people type passwords where logins go.';
comment on column password_resets.address is 'Where it was asked from.';
comment on column password_resets.answered is 'Users who have their mail already: it is not sent to them again.';

create table presence (
  account_id uuid not null,
  client_id uuid not null,
  user_id uuid not null,
  conversation_id uuid,
  doing text not null,
  gone_at timestamp with time zone not null,
  constraint presence_pkey PRIMARY KEY (account_id, client_id),
  constraint presence_doing_check CHECK (doing = ANY (ARRAY['looking'::text, 'typing'::text, 'noting'::text]))
);
CREATE INDEX presence_gone ON presence USING btree (gone_at);
comment on table presence is 'Open tabs of the console and where each is; renewed while it is open.';

create table presence_pulse (
  account_id uuid not null,
  beats bigint not null,
  constraint presence_pulse_pkey PRIMARY KEY (account_id)
);
comment on table presence_pulse is 'Grows with every change of presence or composers, so that listening processes look.';

create table price_books (
  id uuid not null,
  owner_account_id uuid,
  name text not null,
  currency text not null,
  created_at timestamp with time zone not null,
  constraint price_books_pkey PRIMARY KEY (id)
);

create table price_log (
  price_book_id uuid not null,
  id uuid not null,
  country text not null,
  category text not null,
  amount bigint not null,
  cost bigint not null,
  valid_from timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint price_log_pkey PRIMARY KEY (price_book_id, id)
);
comment on table price_log is 'Append only; prices holds what is in force and to come.';

create table prices (
  price_book_id uuid not null,
  id uuid not null,
  country text not null,
  category text not null,
  amount bigint not null,
  cost bigint not null default 0,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  constraint prices_pkey PRIMARY KEY (price_book_id, id),
  constraint prices_amount_check CHECK (amount >= 0),
  constraint prices_category_check CHECK (category = ANY (ARRAY['marketing'::text, 'utility'::text, 'authentication'::text, 'service'::text])),
  constraint prices_cost_check CHECK (cost >= 0)
);
CREATE UNIQUE INDEX prices_start ON prices USING btree (price_book_id, country, category, valid_from);
comment on column prices.country is 'ISO code, or * for every country without a price of its own.';
comment on column prices.amount is '1/10,000 of the currency''s unit.';
comment on column prices.cost is 'What the operator pays, in the same unit; shows the margin.';

create table projects (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  state text not null default 'active'::text,
  time_zone text not null default 'America/Bogota'::text,
  channel_id uuid,
  marketing_max integer not null default 2,
  marketing_window_s integer not null default 86400,
  deadline_s jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  fallback_channel_id uuid,
  category_guard_limit integer not null default 100,
  templates_due_at timestamp with time zone,
  templates_verified_at timestamp with time zone,
  templates_error text,
  constraint projects_pkey PRIMARY KEY (account_id, id),
  constraint projects_category_guard_limit_check CHECK (category_guard_limit >= 0),
  constraint projects_kind_check CHECK (kind = ANY (ARRAY['multiagente'::text, 'designer'::text])),
  constraint projects_marketing_max_check CHECK (marketing_max >= 0),
  constraint projects_marketing_window_s_check CHECK (marketing_window_s > 0),
  constraint projects_state_check CHECK (state = ANY (ARRAY['active'::text, 'inactive'::text]))
);
comment on column projects.marketing_max is 'Marketing messages to one mobile inside the window; one more answers 10.';
comment on column projects.deadline_s is 'Seconds by category until a message must have reached sent; absent: the default.';
comment on column projects.fallback_channel_id is 'Tried when the first number is known not to have taken a message.';
comment on column projects.category_guard_limit is 'Messages of a template after its category became dearer; one more needs somebody''s decision.';
comment on column projects.templates_due_at is 'When the provider is to be asked for the templates again; null: at once.';
comment on column projects.templates_error is 'Why the last asking failed; null: it did not.';

create table provider_apps (
  id uuid not null,
  account_id uuid not null,
  provider text not null,
  name text not null,
  secrets bytea not null,
  created_at timestamp with time zone not null,
  constraint provider_apps_pkey PRIMARY KEY (id)
);
comment on column provider_apps.account_id is 'The owner; a platform-wide app belongs to the operator''s account.';
comment on column provider_apps.secrets is 'Sealed JSON: appSecret, verifyToken.';

create table provider_media (
  account_id uuid not null,
  channel_id uuid not null,
  sha256 bytea not null,
  mime text not null,
  provider_media_id text not null,
  expires_at timestamp with time zone not null,
  constraint provider_media_pkey PRIMARY KEY (account_id, channel_id, sha256, mime)
);
comment on table provider_media is 'Files that a number has uploaded already (Meta keeps them 30 days).';

create table ratings (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  project_id uuid not null,
  user_id uuid,
  team_id uuid,
  asked_at timestamp with time zone not null,
  answer_until timestamp with time zone,
  score smallint,
  answered_at timestamp with time zone,
  comment text,
  comment_until timestamp with time zone,
  constraint ratings_pkey PRIMARY KEY (account_id, id),
  constraint ratings_score_check CHECK (score >= 1 AND score <= 5)
);
CREATE INDEX ratings_answered ON ratings USING btree (account_id, answered_at, id) WHERE answered_at IS NOT NULL;
CREATE INDEX ratings_conversation ON ratings USING btree (account_id, conversation_id, asked_at);
comment on column ratings.user_id is 'Who had the conversation when it was resolved.';
comment on column ratings.answer_until is 'Until then a score counts; null: answered.';
comment on column ratings.comment_until is 'Until then the next text is the comment; null: none is waited for.';

create table recovery_codes (
  account_id uuid not null,
  user_id uuid not null,
  hash bytea not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (account_id, user_id, hash)
);
comment on table recovery_codes is 'Each stands in for a code of the app, once. SHA-256 of 80 random bits.';

create table restored_messages (
  account_id uuid not null,
  message_id uuid not null,
  lane text not null,
  due_at timestamp with time zone not null,
  held_at timestamp with time zone not null,
  constraint restored_messages_pkey PRIMARY KEY (account_id, message_id)
);
comment on table restored_messages is 'Messages that waited when the backup was made. They may have left since: held until an operator decides.';
comment on column restored_messages.lane is 'Where it waited: unprepared or queued.';

create table retention (
  account_id uuid not null,
  bodies_days integer,
  events_days integer,
  deliveries_days integer,
  journal_days integer,
  bodies_until uuid,
  updated_at timestamp with time zone not null,
  constraint retention_pkey PRIMARY KEY (account_id)
);
comment on column retention.bodies_until is 'Messages below this id have been blanked.';

create table second_factors (
  account_id uuid not null,
  user_id uuid not null,
  secret bytea not null,
  last_step bigint not null,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  constraint second_factors_pkey PRIMARY KEY (account_id, user_id)
);
comment on table second_factors is 'Whose sign-in needs a code of an app besides the password (RFC 6238).';
comment on column second_factors.secret is 'Sealed for the place second-factor:<user_id>.';
comment on column second_factors.last_step is 'Time step of the newest code that was used: it and older ones are refused.';
comment on column second_factors.confirmed_at is 'Null: its owner has not shown a code of it yet, and it is not asked for.';

create table sessions (
  hash bytea not null,
  account_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  state text not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  address text not null,
  agent text not null,
  constraint sessions_pkey PRIMARY KEY (hash),
  constraint sessions_state_check CHECK (state = ANY (ARRAY['second-factor'::text, 'open'::text]))
);
CREATE INDEX sessions_expiry ON sessions USING btree (expires_at);
CREATE INDEX sessions_user ON sessions USING btree (account_id, user_id);
comment on column sessions.hash is 'SHA-256 of the cookie; the cookie itself is not kept.';
comment on column sessions.state is 'second-factor: the password was right and a code is awaited; nothing may be done with it.';
comment on column sessions.agent is 'The browser, as it names itself.';

create table settlements (
  account_id uuid not null,
  day date not null,
  cause_id uuid not null,
  messages integer not null,
  resale bigint not null,
  wholesale bigint not null,
  posted_at timestamp with time zone not null,
  constraint settlements_pkey PRIMARY KEY (account_id, day)
);
comment on column settlements.resale is 'What its customers paid that day, refunds taken off; below zero when more came back.';
comment on column settlements.wholesale is 'What it owes for it at its own prices.';

create table sign_in_tries (
  kind text not null,
  key bytea not null,
  tries integer not null,
  last_at timestamp with time zone not null,
  free_at timestamp with time zone not null,
  constraint sign_in_tries_pkey PRIMARY KEY (kind, key),
  constraint sign_in_tries_kind_check CHECK (kind = ANY (ARRAY['login'::text, 'address'::text, 'code'::text, 'password'::text, 'reset'::text, 'reset-address'::text]))
);
CREATE INDEX sign_in_tries_last ON sign_in_tries USING btree (last_at);
comment on table sign_in_tries is 'Slows the guessing of passwords and codes, for all processes together.';
comment on column sign_in_tries.key is 'SHA-256 of the login, address or user: people type passwords where logins go.';
comment on column sign_in_tries.free_at is 'Not tried before then; -infinity: at once, whatever the clock of the process that asks.';

create table spend_caps (
  account_id uuid not null,
  scope_id uuid not null,
  scope text not null,
  time_zone text not null,
  messages_max bigint,
  amount_max bigint,
  updated_at timestamp with time zone not null,
  operator_messages_max bigint,
  operator_amount_max bigint,
  own_messages_max bigint,
  own_amount_max bigint,
  constraint spend_caps_pkey PRIMARY KEY (account_id, scope_id),
  constraint spend_caps_amount_max_check CHECK (amount_max >= 0),
  constraint spend_caps_messages_max_check CHECK (messages_max >= 0),
  constraint spend_caps_operator_amount_max_check CHECK (operator_amount_max >= 0),
  constraint spend_caps_operator_messages_max_check CHECK (operator_messages_max >= 0),
  constraint spend_caps_own_amount_max_check CHECK (own_amount_max >= 0),
  constraint spend_caps_own_messages_max_check CHECK (own_messages_max >= 0),
  constraint spend_caps_scope_check CHECK (scope = ANY (ARRAY['account'::text, 'project'::text]))
);
comment on column spend_caps.scope_id is 'The account''s own id, or the project''s.';
comment on column spend_caps.time_zone is 'Whose midnight begins the day.';
comment on column spend_caps.messages_max is 'Messages a day: the smaller of the operator''s and the account''s own; null: any number.';
comment on column spend_caps.amount_max is 'Money a day, 1/10,000 units: the smaller of the two; null: any amount.';
comment on column spend_caps.operator_messages_max is 'What the operator or the reseller allows.';
comment on column spend_caps.own_messages_max is 'What the account allows itself.';

create table spend_counters (
  account_id uuid not null,
  scope_id uuid not null,
  day date not null,
  messages bigint not null default 0,
  amount bigint not null default 0,
  constraint spend_counters_pkey PRIMARY KEY (account_id, scope_id, day)
) with (fillfactor=50);
comment on table spend_counters is 'What was accepted on a day and not refunded since; kept for scopes with a cap.';

create table statements (
  account_id uuid not null,
  month text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  opening bigint not null,
  closing bigint not null,
  document text not null,
  digest bytea not null,
  closed_at timestamp with time zone not null,
  constraint statements_pkey PRIMARY KEY (account_id, month),
  constraint statements_month_check CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'::text)
);
comment on column statements.document is 'JSON, byte for byte as it is given out.';
comment on column statements.digest is 'SHA-256 of the document.';

create table team_members (
  account_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  constraint team_members_pkey PRIMARY KEY (account_id, team_id, user_id)
);
CREATE INDEX team_members_user ON team_members USING btree (account_id, user_id);

create table team_rules (
  account_id uuid not null,
  team_id uuid not null,
  mode text not null,
  constraint team_rules_pkey PRIMARY KEY (account_id, team_id),
  constraint team_rules_mode_check CHECK (mode = ANY (ARRAY['off'::text, 'round_robin'::text, 'least_busy'::text]))
);
comment on table team_rules is 'Teams whose conversations are given out otherwise than their project says.';

create table teams (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null,
  constraint teams_pkey PRIMARY KEY (account_id, id),
  constraint teams_account_id_name_key UNIQUE (account_id, name),
  constraint teams_name_check CHECK (length(name) >= 1 AND length(name) <= 80)
);

create table template_changes (
  account_id uuid not null,
  id uuid not null,
  template_id uuid not null,
  kind text not null,
  from_value text,
  to_value text,
  reason text,
  source text not null,
  applied boolean not null,
  at timestamp with time zone not null,
  noted_at timestamp with time zone not null,
  constraint template_changes_pkey PRIMARY KEY (account_id, id),
  constraint template_changes_kind_check CHECK (kind = ANY (ARRAY['status'::text, 'category'::text, 'quality'::text, 'content'::text, 'guard'::text, 'edit'::text])),
  constraint template_changes_source_check CHECK (source = ANY (ARRAY['event'::text, 'sync'::text, 'submit'::text, 'person'::text]))
);
CREATE INDEX template_changes_template ON template_changes USING btree (account_id, template_id, id);
comment on table template_changes is 'What happened to templates, for good: some rows in a template''s whole life.';
comment on column template_changes.applied is 'False: it came late, and something newer was known already.';
comment on column template_changes.at is 'When it happened, by the provider''s clock where it was told by it.';

create table template_guards (
  account_id uuid not null,
  template_id uuid not null,
  used integer not null default 0,
  constraint template_guards_pkey PRIMARY KEY (account_id, template_id)
);
comment on table template_guards is 'Messages accepted of a template since its category became dearer; a row only while it is guarded.';

create table template_twins (
  account_id uuid not null,
  template_id uuid not null,
  channel_id uuid not null,
  provider_template_id text not null,
  status text not null,
  checked_at timestamp with time zone not null,
  constraint template_twins_pkey PRIMARY KEY (account_id, template_id, channel_id),
  constraint template_twins_status_check CHECK (status = ANY (ARRAY['approved'::text, 'pending'::text, 'rejected'::text, 'paused'::text, 'disabled'::text]))
);
comment on table template_twins is 'The same template at the business account of a project''s second number.';

create table templates (
  account_id uuid not null,
  id uuid not null,
  number integer not null default nextval('template_numbers'::regclass),
  project_id uuid not null,
  name text not null,
  language text not null,
  category text not null,
  status text not null,
  definition jsonb not null,
  variables integer not null,
  header text,
  provider_template_id text,
  rejected_reason text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  draft jsonb,
  examples text[] not null default '{}'::text[],
  sample_media_id uuid,
  quality text,
  guard jsonb,
  status_at timestamp with time zone,
  category_at timestamp with time zone,
  quality_at timestamp with time zone,
  submitted_at timestamp with time zone,
  verified_at timestamp with time zone,
  deleted_at timestamp with time zone,
  name_free_at timestamp with time zone,
  constraint templates_pkey PRIMARY KEY (account_id, id),
  constraint templates_account_id_number_key UNIQUE (account_id, number),
  constraint templates_account_id_project_id_name_language_key UNIQUE (account_id, project_id, name, language),
  constraint templates_category_check CHECK (category = ANY (ARRAY['marketing'::text, 'utility'::text, 'authentication'::text])),
  constraint templates_header_check CHECK (header = ANY (ARRAY['text'::text, 'image'::text, 'video'::text, 'document'::text, 'location'::text])),
  constraint templates_quality_check CHECK (quality = ANY (ARRAY['green'::text, 'yellow'::text, 'red'::text, 'unknown'::text])),
  constraint templates_status_check CHECK (status = ANY (ARRAY['draft'::text, 'approved'::text, 'pending'::text, 'rejected'::text, 'paused'::text, 'disabled'::text]))
);
comment on column templates.number is 'The id_template of the ws API; unique on the whole platform.';
comment on column templates.status is 'draft: written here and not known to the provider; the others are the provider''s, folded.';
comment on column templates.definition is 'TemplateDefinition.';
comment on column templates.draft is 'What was written here and not submitted yet: category, definition, examples, sampleMediaId; null: nothing.';
comment on column templates.examples is 'A sample value for each slot, as last submitted.';
comment on column templates.guard is 'TemplateGuard: the category became dearer and nobody has agreed yet; null: nothing to decide.';
comment on column templates.status_at is 'The provider''s own time of the last change of state that counted; an older one that comes late does not.';
comment on column templates.category_at is 'As status_at, for the category.';
comment on column templates.quality_at is 'As status_at, for the quality.';
comment on column templates.verified_at is 'When the provider was last asked for it and gave it.';
comment on column templates.deleted_at is 'Deleted here and at the provider; the row stays for the messages that name it.';
comment on column templates.name_free_at is 'WhatsApp takes no new template of this name and language before then.';

create table tokens (
  hash bytea not null,
  id uuid not null,
  account_id uuid,
  user_id uuid,
  project_id uuid,
  kind text not null,
  scopes text[] not null default '{}'::text[],
  label text not null,
  hint text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint tokens_pkey PRIMARY KEY (hash),
  constraint tokens_id_key UNIQUE (id),
  constraint tokens_kind_check CHECK (kind = ANY (ARRAY['ws'::text, 'api'::text, 'admin'::text]))
);
CREATE INDEX tokens_account ON tokens USING btree (account_id);
comment on column tokens.hash is 'SHA-256 of the token; the token itself is shown once and not kept.';
comment on column tokens.account_id is 'Null for an administrator of the whole platform.';
comment on column tokens.project_id is 'Confines the token to one project; null: all of the account.';
comment on column tokens.hint is 'The last four characters, so that people can tell tokens apart.';

create table topups (
  account_id uuid not null,
  reference text not null,
  cause_id uuid not null,
  amount bigint not null,
  note text not null default ''::text,
  created_by uuid,
  created_at timestamp with time zone not null,
  from_account_id uuid,
  constraint topups_pkey PRIMARY KEY (account_id, reference)
);
comment on column topups.reference is 'The operator''s own; the same reference again is the same top-up.';
comment on column topups.created_by is 'The token that ordered it; null: the platform itself.';
comment on column topups.from_account_id is 'The reseller whose wallet paid; null: money from outside.';

create table transfers (
  account_id uuid not null,
  cause_id uuid not null,
  kind text not null,
  debit text not null,
  credit text not null,
  amount bigint not null,
  balance_after bigint not null,
  reference text,
  at timestamp with time zone not null,
  constraint transfers_pkey PRIMARY KEY (account_id, cause_id, kind),
  constraint transfers_amount_check CHECK (amount >= 0),
  constraint transfers_check CHECK (debit <> credit),
  constraint transfers_credit_check CHECK (credit = ANY (ARRAY['wallet'::text, 'sales'::text, 'funding'::text])),
  constraint transfers_debit_check CHECK (debit = ANY (ARRAY['wallet'::text, 'sales'::text, 'funding'::text])),
  constraint transfers_kind_check CHECK (kind = ANY (ARRAY['topup'::text, 'adjustment'::text, 'charge'::text, 'refund'::text, 'refund-reversal'::text, 'allocation'::text, 'resale'::text, 'wholesale'::text])) NOT VALID
) partition by range (cause_id);
CREATE INDEX transfers_at ON ONLY transfers USING btree (account_id, at) WHERE at > '1970-01-01 00:00:00+00'::timestamp with time zone;
comment on table transfers is 'partitioned by month of cause_id';
comment on column transfers.cause_id is 'The message, or the top-up, that caused it.';
comment on column transfers.debit is 'The book that the amount leaves: wallet (the customer''s money), sales (earned), funding (paid in).';
comment on column transfers.balance_after is 'The wallet''s balance right after this transfer.';

create table transfers_default partition of transfers default;

create table usage_lines (
  account_id uuid not null,
  day date not null,
  line integer not null,
  reseller_id uuid,
  category text not null,
  country text not null,
  price bigint not null,
  wholesale bigint,
  cost bigint not null,
  charged integer not null,
  refunded integer not null,
  reversed integer not null,
  constraint usage_lines_pkey PRIMARY KEY (account_id, day, line)
);
CREATE INDEX usage_lines_day ON usage_lines USING btree (day);
comment on column usage_lines.price is 'What the account paid for each.';
comment on column usage_lines.wholesale is 'What its reseller owes for each: the reseller''s own price at the acceptance; null without a reseller.';
comment on column usage_lines.cost is 'What the operator paid for each, at the acceptance.';
comment on column usage_lines.refunded is 'Given back on this day, whenever they were charged.';

create table usage_progress (
  account_id uuid not null,
  counted_until date not null,
  settled_until date not null,
  constraint usage_progress_pkey PRIMARY KEY (account_id)
);
comment on column usage_progress.counted_until is 'The first day (UTC) whose movements are not in usage_lines yet.';
comment on column usage_progress.settled_until is 'Of a reseller: the first day (UTC) that is not settled yet.';

create table users (
  account_id uuid not null,
  id uuid not null,
  login text not null,
  name text not null,
  email text,
  role text not null,
  password_hash text,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null,
  operator boolean not null default false,
  locale text,
  theme text,
  signed_in_at timestamp with time zone,
  constraint users_pkey PRIMARY KEY (account_id, id),
  constraint users_locale_check CHECK (locale = ANY (ARRAY['es'::text, 'en'::text])),
  constraint users_role_check CHECK (role = ANY (ARRAY['owner'::text, 'administrator'::text, 'supervisor'::text, 'agent'::text, 'developer'::text, 'read-only'::text])),
  constraint users_state_check CHECK (state = ANY (ARRAY['active'::text, 'disabled'::text])),
  constraint users_theme_check CHECK (theme = ANY (ARRAY['light'::text, 'dark'::text, 'auto'::text]))
);
CREATE INDEX users_email ON users USING btree (lower(email)) WHERE email IS NOT NULL;
comment on column users.password_hash is 'Argon2id, PHC string; null when the person has no password.';
comment on column users.operator is 'Administers the whole platform in the console.';
comment on column users.locale is 'Language of the console; null: that of the browser.';
comment on column users.theme is 'Colours of the console; null: those of the machine.';

create table wallets (
  account_id uuid not null,
  balance bigint not null default 0,
  updated_at timestamp with time zone not null,
  constraint wallets_pkey PRIMARY KEY (account_id)
);
comment on column wallets.balance is 'Equals the sum of the wallet book''s transfers; recado wallet verify proves it.';

create table work_log (
  account_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  fact text not null,
  conversation_id uuid not null,
  project_id uuid not null,
  user_id uuid,
  team_id uuid,
  seconds integer,
  score smallint,
  constraint work_log_pkey PRIMARY KEY (account_id, id, fact),
  constraint work_log_fact_check CHECK (fact = ANY (ARRAY['opened'::text, 'reopened'::text, 'resolved'::text, 'received'::text, 'sent'::text, 'first-answer'::text, 'assigned'::text, 'transferred'::text, 'rated'::text]))
);
CREATE INDEX work_log_at ON work_log USING btree (account_id, at);
comment on table work_log is 'What reports count, read out of the log of events; the id is the event''s.';
comment on column work_log.seconds is 'Of a first answer: since the person began to wait; of an end: since the beginning or reopening.';

create table work_settings (
  account_id uuid not null,
  project_id uuid not null,
  assignment_mode text not null,
  capacity integer not null,
  reassign_after_s integer,
  hours jsonb not null,
  away jsonb not null,
  rating jsonb not null,
  targets jsonb not null,
  version bigint not null default 1,
  updated_at timestamp with time zone not null,
  constraint work_settings_pkey PRIMARY KEY (account_id, project_id),
  constraint work_settings_assignment_mode_check CHECK (assignment_mode = ANY (ARRAY['off'::text, 'round_robin'::text, 'least_busy'::text])),
  constraint work_settings_capacity_check CHECK (capacity >= 1 AND capacity <= 500)
);

create table work_state (
  account_id uuid not null,
  conversation_id uuid not null,
  began_at timestamp with time zone not null,
  waiting_since timestamp with time zone,
  answered boolean not null default false,
  ended boolean not null default false,
  user_id uuid,
  team_id uuid,
  constraint work_state_pkey PRIMARY KEY (account_id, conversation_id)
) with (fillfactor=50);
comment on table work_state is 'Where a conversation stands as far as its log was followed: what the next fact is measured from.';
comment on column work_state.answered is 'Whether somebody has answered since it began or was reopened.';

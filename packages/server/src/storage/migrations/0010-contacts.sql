-- People, what they are reached by, and their conversations with official numbers.

create table contacts (
  account_id uuid not null,
  id uuid not null,
  project_id uuid,
  name text,
  profile_name text,
  profile_at timestamptz,
  language text,
  custom_fields jsonb not null default '{}',
  labels text[] not null default '{}',
  search text not null default '',
  merged_into uuid,
  erased_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
comment on table contacts is 'A person as an account knows it. Sending makes none: a person who writes does, and whoever says so.';
comment on column contacts.project_id is 'The project whose token made it; null: a person who wrote, or a token of the whole account.';
comment on column contacts.profile_name is 'As the person calls itself on WhatsApp; from the message of profile_at, never from an older one.';
comment on column contacts.search is 'Both names in lower case and without accents, for looking up.';
comment on column contacts.merged_into is 'It was found to be this other contact, which has its addresses now.';
comment on column contacts.erased_at is 'Its data were erased then; the empty row is kept for its conversations.';

create table contact_addresses (
  account_id uuid not null,
  kind text not null check (kind in ('phone', 'whatsapp-user-id')),
  value text not null,
  contact_id uuid not null,
  confirmed boolean not null,
  created_at timestamptz not null,
  primary key (account_id, kind, value)
);
create index contact_addresses_contact on contact_addresses (account_id, contact_id);
comment on column contact_addresses.value is 'As in messages.mobile: digits without +, or WhatsApp''s business-scoped id.';
comment on column contact_addresses.confirmed is 'WhatsApp itself names the person so; false: somebody typed it, or it was dialled.';

create table address_aliases (
  account_id uuid not null,
  dialled text not null,
  whatsapp text not null,
  noted_at timestamptz not null,
  primary key (account_id, dialled)
);
create index address_aliases_whatsapp on address_aliases (account_id, whatsapp);
comment on table address_aliases is 'Numbers under which WhatsApp knows a person by another one (Brazil, Mexico, Argentina), as it answered a send.';

create table conversations (
  account_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  channel_id uuid not null,
  project_id uuid not null,
  state text not null default 'open' check (state in ('open', 'snoozed', 'resolved')),
  opened_at timestamptz not null,
  snoozed_until timestamptz,
  resolved_at timestamptz,
  last_inbound_at timestamptz not null,
  last_inbound_id uuid not null,
  window_expires_at timestamptz not null,
  unread integer not null default 0 check (unread >= 0),
  assignee_id uuid,
  version bigint not null default 1,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
create unique index conversations_open on conversations (account_id, contact_id, channel_id) where state <> 'resolved';
create index conversations_contact on conversations (account_id, contact_id);
create index conversations_state on conversations (account_id, state, last_inbound_at, id);
create index conversations_activity on conversations (account_id, last_inbound_at, id);
create index conversations_snoozed on conversations (snoozed_until) where state = 'snoozed';
comment on table conversations is 'A contact on a channel. Its messages are those of the contact''s addresses on that channel; none is copied here.';
comment on column conversations.project_id is 'The project of the message that opened it.';
comment on column conversations.last_inbound_at is 'By the provider''s time; a message that comes late never moves it back.';
comment on column conversations.window_expires_at is 'Until then free text may be sent: 24 hours after the person''s last message.';
comment on column conversations.assignee_id is 'The user who has it; null: nobody.';
comment on column conversations.version is 'Grows with every change.';

create table contact_merges (
  account_id uuid not null,
  id uuid not null,
  survivor_id uuid not null,
  merged_id uuid not null,
  moved jsonb not null,
  merged_at timestamptz not null,
  undone_at timestamptz,
  primary key (account_id, id)
);
create index contact_merges_survivor on contact_merges (account_id, survivor_id);
create index contact_merges_merged on contact_merges (account_id, merged_id);
comment on column contact_merges.moved is 'What the survivor got by it, so that it can be given back.';

create table contact_events (
  account_id uuid not null,
  contact_id uuid not null,
  event_id uuid not null,
  primary key (account_id, contact_id, event_id)
);
comment on table contact_events is 'Which events concern a contact or one of its conversations; those of messages are found by the message.';

create table erasures (
  account_id uuid not null,
  id uuid not null,
  state text not null default 'running' check (state in ('running', 'done')),
  contact_ids uuid[] not null,
  addresses text[] not null,
  progress jsonb not null default '{}',
  requested_by text not null,
  requested_at timestamptz not null,
  due_at timestamptz,
  finished_at timestamptz,
  primary key (account_id, id)
);
create index erasures_due on erasures (due_at) where state = 'running';
comment on table erasures is 'Erasing one person''s data: what was asked for and how far it has come.';
comment on column erasures.addresses is 'Whose messages they are; emptied when it is done.';
comment on column erasures.progress is 'How many rows of what were erased, and the place in the journal.';
comment on column erasures.due_at is 'When a worker looks at it; in the future while one is at work on it, or messages under way are waited for.';

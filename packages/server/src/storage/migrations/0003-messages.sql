-- Messages, what was tried for them, and what happened to them.
--
-- Every index besides the primary key has a condition, if only one that is always true. While a month is
-- young its tables look empty to the planner, all indexes that begin with account_id then seem equally
-- good, and a plan by the wrong one is kept for long: with a condition that a statement by key does not
-- imply, the primary key is the only one that it can choose.

create table messages (
  account_id uuid not null,
  id uuid not null,
  direction text not null check (direction in ('out', 'in')),
  project_id uuid not null,
  channel_id uuid not null,
  mobile text not null,
  category text not null check (category in ('marketing', 'utility', 'authentication', 'service')),
  kind text not null,
  template_id uuid,
  variables text[] not null default '{}',
  body text not null default '',
  media jsonb,
  custom_field text not null default '',
  reply_to uuid,
  digest bytea,
  source text not null,
  price bigint not null default 0,
  status text not null check (status in ('accepted', 'submitted', 'sent', 'delivered', 'read', 'failed', 'received')),
  code text,
  reason text,
  refunded boolean not null default false,
  lane text check (lane in ('unprepared', 'preparing', 'queued', 'calling', 'unknown', 'awaiting', 'fetching')),
  class smallint not null default 1,
  due_at timestamptz,
  deadline_at timestamptz,
  owner uuid,
  attempts smallint not null default 0,
  provider_message_id text,
  accepted_at timestamptz not null,
  submitted_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  primary key (account_id, id)
) partition by range (id);
-- Room on each page for the rows that change most: their new versions need no new index entries then.
create table messages_default partition of messages default with (fillfactor = 70);
create index messages_work on messages (lane, account_id, channel_id, class, due_at)
  where lane is not null;
create index messages_mobile on messages (account_id, mobile, id) where mobile is not null;
create index messages_provider on messages (account_id, provider_message_id)
  where provider_message_id is not null;
comment on table messages is 'partitioned by month of id';
comment on column messages.lane is
  'unprepared: its file is to be made ready at due_at · preparing: that is under way, until due_at · queued: leaves at due_at · calling: a call is under way, its lease ends at due_at · unknown: its outcome is not known, given up at due_at · awaiting: handed over, must be sent by due_at · fetching: a person''s file is to be fetched at due_at · null: nothing is owed.';
comment on column messages.class is '0 authentication, 1 utility and session, 2 marketing.';
comment on column messages.digest is 'SHA-256 of what was said; the same to the same mobile inside 60 s answers 9.';
comment on column messages.owner is 'The instance at work on it, while lane is preparing or calling.';

create table attempts (
  account_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  number smallint not null,
  owner uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome text check (outcome in ('accepted', 'refused', 'unknown', 'not-made')),
  code text,
  reason text,
  primary key (account_id, id)
) partition by range (id);
create table attempts_default partition of attempts default with (fillfactor = 80);
create index attempts_message on attempts (account_id, message_id) where message_id is not null;
comment on table attempts is 'partitioned by month of id';
comment on column attempts.outcome is 'Null while the call is under way; the row is written before the call.';

create table events (
  account_id uuid not null,
  id uuid not null,
  seq bigint not null,
  kind text not null,
  message_id uuid,
  project_id uuid,
  at timestamptz not null,
  data jsonb,
  primary key (account_id, id)
) partition by range (id);
create table events_default partition of events default;
create index events_seq on events (account_id, seq) where seq is not null;
create index events_message on events (account_id, message_id, seq) where message_id is not null;
comment on table events is 'partitioned by month of id';
comment on column events.seq is 'Number of the event in its account, without gaps, in commit order.';

-- One row a lane and account: whoever locks it works the lane of that account, in order.
create table lane_locks (
  account_id uuid not null,
  lane text not null,
  primary key (account_id, lane)
);

create table counters (
  account_id uuid primary key,
  event_seq bigint not null default 0
);

create table channel_pace (
  account_id uuid not null,
  channel_id uuid not null,
  tokens double precision not null,
  refilled_at timestamptz not null,
  primary key (account_id, channel_id)
);
comment on table channel_pace is 'Token bucket of each number, shared by all processes.';

-- Losing it after a crash costs at most a polite refusal by the provider, so it is not logged.
create unlogged table pair_pace (
  account_id uuid not null,
  channel_id uuid not null,
  mobile text not null,
  free_at timestamptz not null,
  primary key (account_id, channel_id, mobile)
);
comment on column pair_pace.free_at is 'When all sends to this person would be paid off at one in six seconds.';

create table media (
  account_id uuid not null,
  id uuid not null,
  storage_key text not null,
  sha256 bytea not null,
  bytes bigint not null,
  mime text not null,
  name text not null,
  message_id uuid,
  created_at timestamptz not null,
  primary key (account_id, id)
);
create index media_sha256 on media (account_id, sha256);
create index media_storage_key on media (storage_key);

create table provider_media (
  account_id uuid not null,
  channel_id uuid not null,
  sha256 bytea not null,
  mime text not null,
  provider_media_id text not null,
  expires_at timestamptz not null,
  primary key (account_id, channel_id, sha256, mime)
);
comment on table provider_media is 'Files that a number has uploaded already (Meta keeps them 30 days).';

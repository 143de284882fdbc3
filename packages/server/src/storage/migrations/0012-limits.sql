-- Limits: quotas and caps, campaigns, balance alerts with their e-mails, opt-outs, and sends that wait for money.

create table spend_caps (
  account_id uuid not null,
  scope_id uuid not null,
  scope text not null check (scope in ('account', 'project')),
  time_zone text not null,
  messages_max bigint check (messages_max >= 0),
  amount_max bigint check (amount_max >= 0),
  updated_at timestamptz not null,
  primary key (account_id, scope_id)
);
comment on column spend_caps.scope_id is 'The account''s own id, or the project''s.';
comment on column spend_caps.time_zone is 'Whose midnight begins the day.';
comment on column spend_caps.messages_max is 'Messages a day; null: any number.';
comment on column spend_caps.amount_max is 'Money a day, 1/10,000 units; null: any amount.';

-- Changed only while the account's wallet is locked. Few rows, many versions: room for them on the page.
create table spend_counters (
  account_id uuid not null,
  scope_id uuid not null,
  day date not null,
  messages bigint not null default 0,
  amount bigint not null default 0,
  primary key (account_id, scope_id, day)
) with (fillfactor = 50);
comment on table spend_counters is 'What was accepted on a day and not refunded since; kept for scopes with a cap.';

create table campaigns (
  account_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  messages_max bigint check (messages_max >= 0),
  amount_max bigint check (amount_max >= 0),
  accepted bigint not null default 0,
  failed bigint not null default 0,
  cancelled bigint not null default 0,
  spent bigint not null default 0,
  refunded bigint not null default 0,
  created_at timestamptz not null,
  last_accepted_at timestamptz,
  primary key (account_id, id),
  unique (account_id, project_id, name)
) with (fillfactor = 50);
comment on column campaigns.accepted is 'Messages that were paid for, whatever became of them.';
comment on column campaigns.failed is 'Of these, refunded because they failed.';
comment on column campaigns.cancelled is 'Of these, refunded because they were taken back.';
comment on column campaigns.spent is 'Paid and not refunded, 1/10,000 units.';
comment on column campaigns.refunded is 'Paid and given back, 1/10,000 units.';

alter table messages add column campaign_id uuid;

create table balance_alerts (
  account_id uuid not null,
  id uuid not null,
  threshold bigint not null,
  rearm_at bigint not null,
  webhook boolean not null,
  emails text[] not null default '{}',
  language text not null default 'es' check (language in ('es', 'en')),
  state text not null default 'armed' check (state in ('armed', 'fired')),
  fired_at timestamptz,
  fired_balance bigint,
  told_at timestamptz,
  created_at timestamptz not null,
  check (rearm_at >= threshold),
  primary key (account_id, id)
);
create index balance_alerts_untold on balance_alerts (account_id) where fired_at is not null and told_at is null;
comment on column balance_alerts.threshold is 'Fires when the balance falls below it; 1/10,000 units.';
comment on column balance_alerts.rearm_at is 'Armed again once the balance has reached it.';
comment on column balance_alerts.told_at is 'When those concerned were told of the last firing; null: still to be done.';

create table mail_outbox (
  account_id uuid not null,
  id uuid not null,
  recipient text not null,
  subject text not null,
  body text not null,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed')),
  due_at timestamptz,
  owner uuid,
  attempts smallint not null default 0,
  error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (account_id, id)
);
create index mail_outbox_due on mail_outbox (due_at) where state in ('pending', 'sending');
comment on column mail_outbox.id is 'Part of the Message-ID: the same on every attempt.';

create table opt_outs (
  account_id uuid not null,
  project_id uuid not null,
  mobile text not null,
  source text not null check (source in ('listed', 'word', 'whatsapp')),
  note text not null default '',
  created_at timestamptz not null,
  ended_at timestamptz,
  due_at timestamptz,
  looks smallint not null default 0,
  primary key (account_id, project_id, mobile)
);
create index opt_outs_due on opt_outs (due_at) where due_at is not null;
comment on table opt_outs is 'Who is not sent marketing by a project.';
comment on column opt_outs.source is 'listed: by the integrator · word: the person wrote it · whatsapp: the person said so in WhatsApp''s own settings.';
comment on column opt_outs.ended_at is 'When the person opted in again; the row stays, so that an old wish that is told again is known as old.';
comment on column opt_outs.due_at is 'When marketing that still waits for this person is to be looked for; null: that is done.';

create table opt_out_rules (
  account_id uuid not null,
  project_id uuid not null,
  out_words text[],
  in_words text[],
  out_reply text,
  in_reply text,
  updated_at timestamptz not null,
  primary key (account_id, project_id)
);
comment on column opt_out_rules.out_words is 'What a person writes to be listed; null: the usual words.';
comment on column opt_out_rules.out_reply is 'What is answered to it; null: nothing.';

-- What is answered to whoever wrote such a word: sent as any free text, and paid for.
create table opt_out_replies (
  account_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  mobile text not null,
  body text not null,
  due_at timestamptz not null,
  primary key (account_id, id)
);
create index opt_out_replies_due on opt_out_replies (due_at);

alter table messages drop constraint messages_status_check;
alter table messages add constraint messages_status_check check (
  status in ('held', 'accepted', 'submitted', 'sent', 'delivered', 'read', 'failed', 'cancelled', 'received')
) not valid;
alter table messages drop constraint messages_lane_check;
alter table messages add constraint messages_lane_check check (
  lane in ('held', 'unprepared', 'preparing', 'queued', 'calling', 'unknown', 'awaiting', 'fetching')
) not valid;
comment on column messages.lane is
  'held: waits for money until due_at · unprepared: its file is to be made ready at due_at · preparing: that is under way, until due_at · queued: leaves at due_at · calling: a call is under way, its lease ends at due_at · unknown: its outcome is not known, given up at due_at · awaiting: handed over, must be sent by due_at · fetching: a person''s file is to be fetched at due_at · null: nothing is owed.';

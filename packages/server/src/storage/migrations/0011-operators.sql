-- What whoever runs this for others needs: resellers and what they owe, statements, retention, audit.

alter table accounts add column time_zone text not null default 'America/Bogota';
comment on column accounts.time_zone is 'Its months begin and end by this clock.';
create index accounts_parent on accounts (parent_id) where parent_id is not null;

-- allocation: a reseller's money handed on to a customer's wallet. resale, wholesale: a day's settlement.
alter table transfers drop constraint transfers_kind_check;
alter table transfers add constraint transfers_kind_check check (
  kind in ('topup', 'adjustment', 'charge', 'refund', 'refund-reversal', 'allocation', 'resale', 'wholesale')
) not valid;

alter table topups add column from_account_id uuid;
comment on column topups.from_account_id is 'The reseller whose wallet paid; null: money from outside.';
comment on column topups.created_by is 'The token that ordered it; null: the platform itself.';

-- Every price as it was set, in the order in which it was set: what was in force at a moment, as it was known then.
create table price_log (
  price_book_id uuid not null,
  id uuid not null,
  country text not null,
  category text not null,
  amount bigint not null,
  cost bigint not null,
  valid_from timestamptz not null,
  recorded_at timestamptz not null,
  primary key (price_book_id, id)
);
comment on table price_log is 'Append only; prices holds what is in force and to come.';
insert into price_log (price_book_id, id, country, category, amount, cost, valid_from, recorded_at)
  select price_book_id, id, country, category, amount, cost, valid_from, least(valid_from, now()) from prices;

-- Which price book an account paid by, and since when.
create table account_books (
  account_id uuid not null,
  since timestamptz not null,
  price_book_id uuid not null,
  primary key (account_id, since)
);
insert into account_books (account_id, since, price_book_id)
  select account_id, created_at, price_book_id from accounts where price_book_id is not null;

-- How far the days of an account are counted, and of a reseller settled.
create table usage_progress (
  account_id uuid primary key,
  counted_until date not null,
  settled_until date not null
);
comment on column usage_progress.counted_until is 'The first day (UTC) whose movements are not in usage_lines yet.';
comment on column usage_progress.settled_until is 'Of a reseller: the first day (UTC) that is not settled yet.';

-- A day of an account: messages by category, country and price. Amounts in 1/10,000.
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
  primary key (account_id, day, line)
);
create index usage_lines_day on usage_lines (day);
comment on column usage_lines.price is 'What the account paid for each.';
comment on column usage_lines.wholesale is 'What its reseller owes for each: the reseller''s own price at the acceptance; null without a reseller.';
comment on column usage_lines.cost is 'What the operator paid for each, at the acceptance.';
comment on column usage_lines.refunded is 'Given back on this day, whenever they were charged.';

-- One row a reseller and day: its customers' charges are its own, and it pays its own price for them.
create table settlements (
  account_id uuid not null,
  day date not null,
  cause_id uuid not null,
  messages integer not null,
  resale bigint not null,
  wholesale bigint not null,
  posted_at timestamptz not null,
  primary key (account_id, day)
);
comment on column settlements.resale is 'What its customers paid that day, refunds taken off; below zero when more came back.';
comment on column settlements.wholesale is 'What it owes for it at its own prices.';

-- A month that is over, as it was told once and for all.
create table statements (
  account_id uuid not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  opening bigint not null,
  closing bigint not null,
  document text not null,
  digest bytea not null,
  closed_at timestamptz not null,
  primary key (account_id, month)
);
comment on column statements.document is 'JSON, byte for byte as it is given out.';
comment on column statements.digest is 'SHA-256 of the document.';

-- How long an account's things are kept, in days; null: for ever.
create table retention (
  account_id uuid primary key,
  bodies_days integer,
  events_days integer,
  deliveries_days integer,
  journal_days integer,
  bodies_until uuid,
  updated_at timestamptz not null
);
comment on column retention.bodies_until is 'Messages below this id have been blanked.';

-- Who changed what. Written before the change, completed after it: a row without an outcome says that nobody knows.
create table audit (
  account_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor text not null check (actor in ('administrator', 'reseller', 'account')),
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
  primary key (account_id, id)
);
create index audit_id on audit (id);
comment on column audit.account_id is 'Whom it concerns; all zeros: the platform as a whole.';
comment on column audit.actor_account_id is 'The account that the token belongs to; null for an administrator of the platform.';
comment on column audit.action is 'Method and route, such as PATCH /admin/accounts/:id.';
comment on column audit.status is 'The HTTP status that was answered; null: the process died in between.';
comment on column audit.request is 'What was asked, without secrets.';

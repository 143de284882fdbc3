-- Money: double entry, append only, in 1/10,000 of the currency's unit.
--
-- A transfer moves an amount from one book of an account to another, so entries sum to zero by
-- construction. Its primary key is its cause and kind: a repeat collides, it is not applied.

create table wallets (
  account_id uuid primary key,
  balance bigint not null default 0,
  updated_at timestamptz not null
);
comment on column wallets.balance is 'Equals the sum of the wallet book''s transfers; recado wallet verify proves it.';

create table transfers (
  account_id uuid not null,
  cause_id uuid not null,
  kind text not null check (kind in ('topup', 'adjustment', 'charge', 'refund', 'refund-reversal')),
  debit text not null check (debit in ('wallet', 'sales', 'funding')),
  credit text not null check (credit in ('wallet', 'sales', 'funding')),
  amount bigint not null check (amount >= 0),
  balance_after bigint not null,
  reference text,
  at timestamptz not null,
  check (debit <> credit),
  primary key (account_id, cause_id, kind)
) partition by range (cause_id);
create table transfers_default partition of transfers default;
create index transfers_at on transfers (account_id, at) where at > timestamptz '1970-01-01 00:00:00+00';
comment on table transfers is 'partitioned by month of cause_id';
comment on column transfers.cause_id is 'The message, or the top-up, that caused it.';
comment on column transfers.debit is 'The book that the amount leaves: wallet (the customer''s money), sales (earned), funding (paid in).';
comment on column transfers.balance_after is 'The wallet''s balance right after this transfer.';

create table topups (
  account_id uuid not null,
  reference text not null,
  cause_id uuid not null,
  amount bigint not null,
  note text not null default '',
  created_by uuid,
  created_at timestamptz not null,
  primary key (account_id, reference)
);
comment on column topups.reference is 'The operator''s own; the same reference again is the same top-up.';

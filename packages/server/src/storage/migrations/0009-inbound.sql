-- What persons' messages carry besides text, people who change their number, and what providers tell about
-- an account.

alter table messages add column if not exists content jsonb;
alter table messages add column if not exists user_id text;
comment on column messages.content is
  'What a message carries besides text and file (MessageContent of the contract); null: nothing.';
comment on column messages.user_id is
  'WhatsApp''s business-scoped id of the person who wrote; null when WhatsApp gave none.';

create table address_changes (
  account_id uuid not null,
  address text not null,
  earlier text not null,
  at timestamptz not null,
  primary key (account_id, address, earlier)
);
comment on table address_changes is
  'Addresses (a number, or WhatsApp''s id) that the person of an address had before, the ones before those too.';

create table channel_notices (
  account_id uuid not null,
  id uuid not null,
  channel_id uuid,
  what text not null,
  at timestamptz not null,
  data jsonb not null,
  primary key (account_id, id)
);
comment on table channel_notices is
  'What a provider told about a number or its business account; the id is made of its time and content.';
comment on column channel_notices.channel_id is 'Null: it concerns the business account, not one number.';

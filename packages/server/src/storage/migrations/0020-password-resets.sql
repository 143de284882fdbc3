-- What a person needs who forgot a password; and caps that an account sets for itself, below its operator's.

create table password_resets (
  id uuid not null,
  login bytea not null,
  address text not null,
  answered uuid[] not null default '{}',
  attempts integer not null default 0,
  created_at timestamptz not null,
  due_at timestamptz not null,
  primary key (id)
);
create index password_resets_due on password_resets (due_at);
comment on table password_resets is 'Somebody who says that a password is forgotten; answered by a worker, and gone then.';
comment on column password_resets.login is 'What was typed, sealed for the place password-reset:<id>: people type passwords where logins go.';
comment on column password_resets.address is 'Where it was asked from.';
comment on column password_resets.answered is 'Users who have their mail already: it is not sent to them again.';

alter table one_time_links
  drop constraint one_time_links_kind_check,
  add constraint one_time_links_kind_check check (kind in ('invitation', 'reset', 'forgotten'));
comment on column one_time_links.kind is 'forgotten: asked for by whoever came, so it puts no other link out.';

alter table sign_in_tries
  drop constraint sign_in_tries_kind_check,
  add constraint sign_in_tries_kind_check
    check (kind in ('login', 'address', 'code', 'password', 'reset', 'reset-address'));

alter table spend_caps
  add column operator_messages_max bigint check (operator_messages_max >= 0),
  add column operator_amount_max bigint check (operator_amount_max >= 0),
  add column own_messages_max bigint check (own_messages_max >= 0),
  add column own_amount_max bigint check (own_amount_max >= 0);
update spend_caps set operator_messages_max = messages_max, operator_amount_max = amount_max;
comment on column spend_caps.messages_max is 'Messages a day: the smaller of the operator''s and the account''s own; null: any number.';
comment on column spend_caps.amount_max is 'Money a day, 1/10,000 units: the smaller of the two; null: any amount.';
comment on column spend_caps.operator_messages_max is 'What the operator or the reseller allows.';
comment on column spend_caps.own_messages_max is 'What the account allows itself.';

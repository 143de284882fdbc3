-- What a person needs who forgot a password.

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

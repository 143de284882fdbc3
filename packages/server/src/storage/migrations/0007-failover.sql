-- A project's second number, and its templates there.

alter table projects add column fallback_channel_id uuid;
comment on column projects.fallback_channel_id is 'Tried when the first number is known not to have taken a message.';

create table template_twins (
  account_id uuid not null,
  template_id uuid not null,
  channel_id uuid not null,
  provider_template_id text not null,
  status text not null check (status in ('approved', 'pending', 'rejected', 'paused', 'disabled')),
  checked_at timestamptz not null,
  primary key (account_id, template_id, channel_id)
);
comment on table template_twins is 'The same template at the business account of a project''s second number.';

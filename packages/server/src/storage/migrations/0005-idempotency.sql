-- Safe repeats, files that are uploaded before they are sent, and looking messages up by their custom field.

create table idempotency_keys (
  account_id uuid not null,
  key_hash bytea not null,
  request_digest bytea not null,
  message_id uuid not null,
  used_at timestamptz not null,
  primary key (account_id, key_hash)
);
create index idempotency_keys_used on idempotency_keys (used_at);
comment on table idempotency_keys is 'Keys of sends that were accepted, for 72 hours; removed by the sweep.';
comment on column idempotency_keys.key_hash is 'SHA-256 of the project that the token is confined to and the caller''s key.';
comment on column idempotency_keys.request_digest is 'SHA-256 of everything that was asked for.';

alter table media add column project_id uuid;
comment on column media.project_id is 'Of an uploaded file: the project that the token was confined to; null: all of the account.';

-- By a digest: a custom field may be longer than an index entry.
create index messages_custom_field on messages (account_id, md5(custom_field), id) where custom_field <> '';

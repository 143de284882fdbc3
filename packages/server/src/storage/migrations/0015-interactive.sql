-- What a message says besides text, file and variables: buttons, a place, a card, a reaction, payloads.
alter table messages add column content jsonb;
comment on column messages.content is
  'Of outgoing messages that have more than text, file and variables, in the words of /v1; null for all others.';

-- Uploads are few beside the files of messages: only they are in it.
create index media_uploaded on media (created_at) where message_id is null;

-- Templates whose header is a place.
alter table templates drop constraint if exists templates_header_check;
alter table templates add constraint templates_header_check
  check (header in ('text', 'image', 'video', 'document', 'location'));

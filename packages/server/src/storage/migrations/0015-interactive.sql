-- Buttons, places, cards, reactions and payloads that are sent stand in messages.content beside what people send.
comment on column messages.content is
  'What a message carries besides text, file and variables, whoever wrote it (MessageContent of the contract); null: nothing.';

-- Uploads are few beside the files of messages: only they are in it.
create index media_uploaded on media (created_at) where message_id is null;

-- Templates whose header is a place.
alter table templates drop constraint if exists templates_header_check;
alter table templates add constraint templates_header_check
  check (header in ('text', 'image', 'video', 'document', 'location'));

-- Messages that leave later, and messages that are taken back before they leave.

alter table messages add column scheduled_at timestamptz;
comment on column messages.scheduled_at is 'Not before then; null: at once.';

alter table messages drop constraint messages_status_check;
alter table messages add constraint messages_status_check check (
  status in ('accepted', 'submitted', 'sent', 'delivered', 'read', 'failed', 'cancelled', 'received')
) not valid;

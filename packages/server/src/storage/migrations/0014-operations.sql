-- What whoever runs the platform needs: numbers that have gone silent, and messages held after a restore.

create table channel_hours (
  account_id uuid not null,
  channel_id uuid not null,
  hour timestamptz not null,
  received integer not null,
  primary key (account_id, channel_id, hour)
);
comment on table channel_hours is 'Messages of people by number and hour, counted by a job; kept for some weeks.';

create table channel_alarms (
  account_id uuid not null,
  channel_id uuid not null,
  silent_since timestamptz not null,
  expected integer not null,
  raised_at timestamptz not null,
  primary key (account_id, channel_id)
);
comment on table channel_alarms is 'Numbers that usually receive and are silent now. A row goes when the number receives again.';
comment on column channel_alarms.expected is 'How many messages the same hours usually bring.';

create table restored_messages (
  account_id uuid not null,
  message_id uuid not null,
  lane text not null,
  due_at timestamptz not null,
  held_at timestamptz not null,
  primary key (account_id, message_id)
);
comment on table restored_messages is 'Messages that waited when the backup was made. They may have left since: held until an operator decides.';
comment on column restored_messages.lane is 'Where it waited: unprepared or queued.';

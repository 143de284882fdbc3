-- The inbox: who has a conversation, teams, labels, notes, canned replies, drafts, the composer, and who is here.

alter table conversations
  add column team_id uuid,
  add column waiting_since timestamptz,
  add column first_answered_at timestamptz,
  add column rating smallint check (rating between 1 and 5);
comment on column conversations.team_id is 'The team in whose queue it stands; null: everybody''s.';
comment on column conversations.waiting_since is 'The first word of the person that nobody has answered in the console; null: none.';
comment on column conversations.first_answered_at is 'When somebody first answered it in the console.';
comment on column conversations.rating is 'What the person gave for it; null: nothing.';
update conversations set waiting_since = last_inbound_at where state = 'open' and unread > 0;
create index conversations_mine on conversations (account_id, assignee_id, last_inbound_at, id)
  where state = 'open' and assignee_id is not null;
create index conversations_queue on conversations
  (account_id, coalesce(waiting_since, 'infinity'::timestamptz), id)
  where state = 'open' and assignee_id is null;
create index conversations_team on conversations (account_id, team_id, last_inbound_at, id)
  where state = 'open' and team_id is not null;

create table teams (
  account_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, name)
);

create table team_members (
  account_id uuid not null,
  team_id uuid not null,
  user_id uuid not null,
  primary key (account_id, team_id, user_id)
);
create index team_members_user on team_members (account_id, user_id);

create table labels (
  account_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 50),
  color text not null,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, name)
);

create table conversation_labels (
  account_id uuid not null,
  label_id uuid not null,
  conversation_id uuid not null,
  primary key (account_id, label_id, conversation_id)
);
create index conversation_labels_conversation on conversation_labels (account_id, conversation_id);

create table notes (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  author_id uuid not null,
  body text not null,
  mentions uuid[] not null default '{}',
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (account_id, id)
);
create index notes_conversation on notes (account_id, conversation_id, id);
comment on table notes is 'What people of the account write to one another about a conversation. The id is of the moment of writing.';

create table mentions (
  account_id uuid not null,
  user_id uuid not null,
  conversation_id uuid not null,
  note_id uuid not null,
  primary key (account_id, user_id, conversation_id)
);
create index mentions_newest on mentions (account_id, user_id, note_id);
create index mentions_conversation on mentions (account_id, conversation_id);
comment on table mentions is 'Conversations in whose notes a person is mentioned and has not looked since.';
comment on column mentions.note_id is 'The newest note that does.';

create table canned_replies (
  account_id uuid not null,
  id uuid not null,
  shortcut text not null check (length(shortcut) between 1 and 40),
  body text not null,
  project_id uuid,
  owner_id uuid,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
create unique index canned_replies_shortcut on canned_replies
  (account_id, lower(shortcut), project_id, owner_id) nulls not distinct;
comment on column canned_replies.project_id is 'Only there; null: in all projects.';
comment on column canned_replies.owner_id is 'Only this person''s; null: everybody''s.';

create table drafts (
  account_id uuid not null,
  user_id uuid not null,
  conversation_id uuid not null,
  body text not null,
  kind text not null check (kind in ('reply', 'note')),
  reply_to uuid,
  updated_at timestamptz not null,
  primary key (account_id, user_id, conversation_id)
);
create index drafts_conversation on drafts (account_id, conversation_id);

create table composers (
  account_id uuid not null,
  conversation_id uuid not null,
  user_id uuid not null,
  taken_at timestamptz not null,
  free_at timestamptz not null,
  primary key (account_id, conversation_id)
);
comment on table composers is 'Who is writing to the person of a conversation: one at a time.';
comment on column composers.free_at is 'Anybody''s from then on, unless it is renewed.';

create table presence (
  account_id uuid not null,
  client_id uuid not null,
  user_id uuid not null,
  conversation_id uuid,
  doing text not null check (doing in ('looking', 'typing', 'noting')),
  gone_at timestamptz not null,
  primary key (account_id, client_id)
);
create index presence_gone on presence (gone_at);
comment on table presence is 'Open tabs of the console and where each is; renewed while it is open.';

create table presence_pulse (
  account_id uuid not null,
  beats bigint not null,
  primary key (account_id)
);
comment on table presence_pulse is 'Grows with every change of presence or composers, so that listening processes look.';

-- What organises the work of the inbox: following the log, searching, giving out, hours, ratings, facts.

create table log_followers (
  account_id uuid not null,
  follower text not null,
  seq bigint not null,
  contacts_after uuid,
  messages_after uuid,
  primary key (account_id, follower)
) with (fillfactor = 50);
comment on table log_followers is 'How far an account''s log has been followed, by what for. Its lock is the right to go on.';
comment on column log_followers.contacts_after is 'Of search: up to which contact the index is made anew; null: all are in it.';
comment on column log_followers.messages_after is 'As contacts_after, of messages.';

create table message_search (
  account_id uuid not null,
  message_id uuid not null,
  project_id uuid not null,
  words tsvector not null,
  primary key (account_id, message_id)
);
create index message_search_words on message_search using gin (words);
comment on table message_search is 'What messages of contacts are found by. Every word begins with a mark of its account, so that accounts share no list in the index.';

create table contact_search (
  account_id uuid not null,
  contact_id uuid not null,
  words tsvector not null,
  primary key (account_id, contact_id)
);
create index contact_search_words on contact_search using gin (words);

create table agents (
  account_id uuid not null,
  user_id uuid not null,
  state text not null default 'available' check (state in ('available', 'away')),
  state_at timestamptz not null,
  capacity integer check (capacity between 0 and 500),
  seen_at timestamptz,
  given_at timestamptz,
  primary key (account_id, user_id)
) with (fillfactor = 50);
comment on column agents.capacity is 'Open conversations that the rules may give it; null: the project''s number.';
comment on column agents.seen_at is 'When it was last here, to some seconds.';
comment on column agents.given_at is 'When a rule last gave it a conversation: whoever waited longest is next in the round.';

create table work_settings (
  account_id uuid not null,
  project_id uuid not null,
  assignment_mode text not null check (assignment_mode in ('off', 'round_robin', 'least_busy')),
  capacity integer not null check (capacity between 1 and 500),
  reassign_after_s integer,
  hours jsonb not null,
  away jsonb not null,
  rating jsonb not null,
  targets jsonb not null,
  version bigint not null default 1,
  updated_at timestamptz not null,
  primary key (account_id, project_id)
);

create table team_rules (
  account_id uuid not null,
  team_id uuid not null,
  mode text not null check (mode in ('off', 'round_robin', 'least_busy')),
  primary key (account_id, team_id)
);
comment on table team_rules is 'Teams whose conversations are given out otherwise than their project says.';

create table away_messages (
  account_id uuid not null,
  conversation_id uuid not null,
  closed_at timestamptz not null,
  primary key (account_id, conversation_id, closed_at)
);
comment on table away_messages is 'Which conversations were told that nobody is there, in the closed period that began then.';

create table auto_messages (
  account_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('away', 'rating', 'thanks')),
  conversation_id uuid not null,
  project_id uuid not null,
  mobile text not null,
  body text not null,
  interactive jsonb,
  due_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (account_id, id)
);
create index auto_messages_due on auto_messages (due_at);
comment on table auto_messages is 'What the platform is about to say by itself; the id is the idempotency key. A row goes when it was accepted, refused or too late.';

create table ratings (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  channel_id uuid not null,
  project_id uuid not null,
  user_id uuid,
  team_id uuid,
  asked_at timestamptz not null,
  answer_until timestamptz,
  score smallint check (score between 1 and 5),
  answered_at timestamptz,
  comment text,
  comment_until timestamptz,
  primary key (account_id, id)
);
create index ratings_conversation on ratings (account_id, conversation_id, asked_at);
create index ratings_answered on ratings (account_id, answered_at, id) where answered_at is not null;
comment on column ratings.user_id is 'Who had the conversation when it was resolved.';
comment on column ratings.answer_until is 'Until then a score counts; null: answered.';
comment on column ratings.comment_until is 'Until then the next text is the comment; null: none is waited for.';

create table work_log (
  account_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  fact text not null check (fact in
    ('opened', 'reopened', 'resolved', 'received', 'sent', 'first-answer', 'assigned', 'transferred', 'rated')),
  conversation_id uuid not null,
  project_id uuid not null,
  user_id uuid,
  team_id uuid,
  seconds integer,
  score smallint,
  primary key (account_id, id, fact)
);
create index work_log_at on work_log (account_id, at);
comment on table work_log is 'What reports count, read out of the log of events; the id is the event''s.';
comment on column work_log.seconds is 'Of a first answer: since the person began to wait; of an end: since the beginning or reopening.';

create table work_state (
  account_id uuid not null,
  conversation_id uuid not null,
  began_at timestamptz not null,
  waiting_since timestamptz,
  answered boolean not null default false,
  ended boolean not null default false,
  user_id uuid,
  team_id uuid,
  primary key (account_id, conversation_id)
) with (fillfactor = 50);
comment on table work_state is 'Where a conversation stands as far as its log was followed: what the next fact is measured from.';
comment on column work_state.answered is 'Whether somebody has answered since it began or was reopened.';

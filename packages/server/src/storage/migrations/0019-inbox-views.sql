-- What a person keeps of the inbox: views. And where a person's message stands in its thread.

create table inbox_views (
  account_id uuid not null,
  id uuid not null,
  owner_id uuid,
  name text not null check (length(name) between 1 and 60),
  filter jsonb not null,
  position integer not null,
  created_at timestamptz not null,
  primary key (account_id, id)
);
create unique index inbox_views_name on inbox_views (account_id, owner_id, lower(name)) nulls not distinct;
comment on table inbox_views is 'Filters of the list of conversations under a name.';
comment on column inbox_views.owner_id is 'Only this person''s; null: everybody''s.';

alter table messages add column place uuid;
comment on column messages.place is 'Where a person''s message stands in its thread, compared with the ids of all else there: where it came in; null: its id.';

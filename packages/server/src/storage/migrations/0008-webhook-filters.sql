-- What an endpoint wants to be told of, and how fast it may be called.

alter table endpoints
  add column numbers text[],
  add column templates text[],
  add column rate_per_second integer check (rate_per_second between 1 and 1000);
comment on column endpoints.events is 'Events and families of them (template.*); null: the five of messages.';
comment on column endpoints.numbers is 'Only what concerns these official numbers; null: all.';
comment on column endpoints.templates is 'Only messages of these templates, by id_template or name; null: all.';
comment on column endpoints.rate_per_second is 'Calls begun in any second, by all processes; null: no limit.';

-- A crash of the database forgets a second's calls at most, so it is not logged.
create unlogged table endpoint_pace (
  account_id uuid not null,
  endpoint_id uuid not null,
  at timestamptz[] not null,
  calls integer[] not null,
  primary key (account_id, endpoint_id)
);
comment on table endpoint_pace is 'Calls of endpoints that have a limit, of the last second: how many were begun when; a negative count gives back.';

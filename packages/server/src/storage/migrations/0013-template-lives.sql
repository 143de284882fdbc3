-- Templates' lives: drafts, what the provider said and when, and the guard against dearer categories.

alter table templates drop constraint templates_status_check;
alter table templates add constraint templates_status_check check (
  status in ('draft', 'approved', 'pending', 'rejected', 'paused', 'disabled')
);
alter table templates
  add column draft jsonb,
  add column examples text[] not null default '{}',
  add column sample_media_id uuid,
  add column quality text check (quality in ('green', 'yellow', 'red', 'unknown')),
  add column guard jsonb,
  add column status_at timestamptz,
  add column category_at timestamptz,
  add column quality_at timestamptz,
  add column submitted_at timestamptz,
  add column verified_at timestamptz,
  add column deleted_at timestamptz,
  add column name_free_at timestamptz;
comment on column templates.status is 'draft: written here and not known to the provider; the others are the provider''s, folded.';
comment on column templates.draft is 'What was written here and not submitted yet: category, definition, examples, sampleMediaId; null: nothing.';
comment on column templates.examples is 'A sample value for each slot, as last submitted.';
comment on column templates.guard is 'TemplateGuard: the category became dearer and nobody has agreed yet; null: nothing to decide.';
comment on column templates.status_at is 'The provider''s own time of the last change of state that counted; an older one that comes late does not.';
comment on column templates.category_at is 'As status_at, for the category.';
comment on column templates.quality_at is 'As status_at, for the quality.';
comment on column templates.verified_at is 'When the provider was last asked for it and gave it.';
comment on column templates.deleted_at is 'Deleted here and at the provider; the row stays for the messages that name it.';
comment on column templates.name_free_at is 'WhatsApp takes no new template of this name and language before then.';

create table template_changes (
  account_id uuid not null,
  id uuid not null,
  template_id uuid not null,
  kind text not null check (kind in ('status', 'category', 'quality', 'content', 'guard', 'edit')),
  from_value text,
  to_value text,
  reason text,
  source text not null check (source in ('event', 'sync', 'submit', 'person')),
  applied boolean not null,
  at timestamptz not null,
  noted_at timestamptz not null,
  primary key (account_id, id)
);
create index template_changes_template on template_changes (account_id, template_id, id);
comment on table template_changes is 'What happened to templates, for good: some rows in a template''s whole life.';
comment on column template_changes.applied is 'False: it came late, and something newer was known already.';
comment on column template_changes.at is 'When it happened, by the provider''s clock where it was told by it.';

create table template_guards (
  account_id uuid not null,
  template_id uuid not null,
  used integer not null default 0,
  primary key (account_id, template_id)
);
comment on table template_guards is 'Messages accepted of a template since its category became dearer; a row only while it is guarded.';

alter table projects
  add column category_guard_limit integer not null default 100 check (category_guard_limit >= 0),
  add column templates_due_at timestamptz,
  add column templates_verified_at timestamptz,
  add column templates_error text;
comment on column projects.category_guard_limit is 'Messages of a template after its category became dearer; one more needs somebody''s decision.';
comment on column projects.templates_due_at is 'When the provider is to be asked for the templates again; null: at once.';
comment on column projects.templates_error is 'Why the last asking failed; null: it did not.';

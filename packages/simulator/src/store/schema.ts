/**
 * The tables. `messages` holds both directions of every chat; `steps` is what will yet happen to a message at
 * its telephone; `outbox` are the provider's events that wait to be posted, `posts` the bodies of posts that
 * failed once and are repeated byte for byte. All times are milliseconds since 1970.
 */
export const schema = `
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS numbers (
  id TEXT PRIMARY KEY, waba_id TEXT NOT NULL, display_number TEXT NOT NULL, verified_name TEXT NOT NULL,
  access_token TEXT NOT NULL, app_secret TEXT NOT NULL, verify_token TEXT NOT NULL, callback_url TEXT NOT NULL,
  override_url TEXT, throughput_per_second INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS wabas (id TEXT PRIMARY KEY, subscribed INTEGER NOT NULL, override_url TEXT);

CREATE TABLE IF NOT EXISTS templates (
  id TEXT PRIMARY KEY, waba_id TEXT NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL, category TEXT NOT NULL,
  status TEXT NOT NULL, parameter_format TEXT NOT NULL, components TEXT NOT NULL, rejected_reason TEXT,
  ttl_seconds INTEGER, updated_at INTEGER NOT NULL, UNIQUE (waba_id, name, language)
);
CREATE TABLE IF NOT EXISTS deleted_templates (
  waba_id TEXT NOT NULL, name TEXT NOT NULL, deleted_at INTEGER NOT NULL, PRIMARY KEY (waba_id, name)
);
CREATE TABLE IF NOT EXISTS template_edits (template_id TEXT NOT NULL, at INTEGER NOT NULL);

CREATE TABLE IF NOT EXISTS messages (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, provider TEXT NOT NULL,
  number_id TEXT NOT NULL, mobile TEXT NOT NULL, official TEXT NOT NULL, direction TEXT NOT NULL,
  type TEXT NOT NULL, template_name TEXT, template_language TEXT, category TEXT, header_text TEXT, body TEXT,
  footer TEXT, buttons TEXT NOT NULL, payloads TEXT, media TEXT, media_id TEXT, media_in_header INTEGER NOT NULL,
  reply_to TEXT, reaction TEXT, opaque TEXT, status TEXT NOT NULL, arrived INTEGER NOT NULL, at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_by_mobile ON messages (mobile, seq);
CREATE INDEX IF NOT EXISTS messages_by_version ON messages (version);

CREATE TABLE IF NOT EXISTS steps (
  seq INTEGER PRIMARY KEY, due_at INTEGER NOT NULL, message_seq INTEGER NOT NULL, kind TEXT NOT NULL,
  happened_at INTEGER NOT NULL, copies INTEGER NOT NULL, detail TEXT
);
CREATE INDEX IF NOT EXISTS steps_by_due ON steps (due_at, seq);

CREATE TABLE IF NOT EXISTS outbox (
  seq INTEGER PRIMARY KEY, number_id TEXT NOT NULL, lane INTEGER NOT NULL, due_at INTEGER NOT NULL,
  kind TEXT NOT NULL, json TEXT NOT NULL, message_seq INTEGER
);
CREATE INDEX IF NOT EXISTS outbox_by_lane ON outbox (number_id, lane, due_at, seq);

CREATE TABLE IF NOT EXISTS posts (
  seq INTEGER PRIMARY KEY, number_id TEXT NOT NULL, body TEXT NOT NULL, due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL, first_at INTEGER NOT NULL, message_seqs TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS posts_by_due ON posts (due_at, seq);

CREATE TABLE IF NOT EXISTS windows (
  number_id TEXT NOT NULL, mobile TEXT NOT NULL, opened_at INTEGER NOT NULL, PRIMARY KEY (number_id, mobile)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refusals (key TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS fetches (
  message_seq INTEGER PRIMARY KEY, url TEXT NOT NULL, kind TEXT NOT NULL, name TEXT
);
CREATE TABLE IF NOT EXISTS media (
  id TEXT PRIMARY KEY, number_id TEXT NOT NULL, mime TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
  name TEXT, source_url TEXT, origin TEXT NOT NULL, created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS media_by_source ON media (source_url, created_at) WHERE source_url IS NOT NULL;

CREATE TABLE IF NOT EXISTS receivers (name TEXT PRIMARY KEY, secret TEXT, behaviour TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS received (
  seq INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL, headers TEXT NOT NULL, raw TEXT NOT NULL,
  answered INTEGER NOT NULL, signature TEXT
);
CREATE INDEX IF NOT EXISTS received_by_name ON received (name, seq);
`;

/** Columns that came later: they are added to a file that has not got them. */
export const laterColumns: readonly { table: string; name: string; definition: string }[] = [
  { table: "templates", name: "quality", definition: "TEXT NOT NULL DEFAULT 'UNKNOWN'" },
  { table: "numbers", name: "provider", definition: "TEXT NOT NULL DEFAULT 'meta'" },
  { table: "numbers", name: "app_name", definition: "TEXT NOT NULL DEFAULT ''" },
  { table: "numbers", name: "callback_headers", definition: "TEXT NOT NULL DEFAULT '{}'" },
  { table: "numbers", name: "callback_version", definition: "INTEGER NOT NULL DEFAULT 2" },
  { table: "messages", name: "list", definition: "TEXT" },
];

import { createHash } from "node:crypto";
import { createSecretBox } from "../../packages/server/src/platform/secret-box.ts";
import type { RealDatabase } from "./real-database.ts";
import { type FaultySeed, PRICE } from "./seed-plan.ts";

/** When every run begins. */
export const START_MS = Date.UTC(2026, 10, 22, 15);

/** What providers sign with. */
export const APP_SECRET = "a secret that the simulated WhatsApp signs with";

/** What webhooks are signed with. */
export const ENDPOINT_SECRET = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;

/** What seals secrets at rest here. */
export const SECRET_BOX = createSecretBox([Buffer.alloc(32, 7)]);

const KINDS = ["account", "project", "channel", "app", "user", "book", "price", "token"] as const;

/** The id of a row that is there from the beginning: the same in every run. */
export function idOf(kind: (typeof KINDS)[number] | "template" | "endpoint", n: number): string {
  const all: readonly string[] = [...KINDS, "template", "endpoint"];
  const place = String(all.indexOf(kind)).padStart(4, "0");
  return `00000000-0000-4000-8000-${place}${String(n).padStart(8, "0")}`;
}

/** The token of an account, in the clear. */
export function tokenOf(account: number, door: "ws" | "v1"): string {
  return `token-of-${account}-${door}`;
}

/** The number that an account's messages come from, as WhatsApp names it. */
export function numberOf(account: number): string {
  return `10000000000${account}`;
}

/** Whose number it is. */
export function accountOfNumber(numberId: string): number {
  return Number(numberId.slice(-1));
}

/** Endpoints of an account, by their place. */
export function endpointOf(account: number, place: number): string {
  return idOf("endpoint", account * 10 + place);
}

/** How callers name a template of an account. */
export function templateNumberOf(account: number, name: "plain" | "promo"): number {
  return account * 10 + (name === "plain" ? 1 : 2);
}

/** Tables that a run may have written to; a reference is emptied before what it refers to matters, for nothing is checked meanwhile. */
const TABLES = [
  ...["messages", "attempts", "events", "transfers", "deliveries", "delivery_attempts", "journal"],
  ...["parked_statuses", "idempotency_keys", "pair_pace", "channel_pace", "endpoint_pace"],
  ...["instances", "topups", "counters", "wallets", "endpoints", "templates", "projects"],
  ...["channel_numbers", "channels", "provider_apps", "tokens", "users", "logins", "accounts"],
  ...["prices", "price_books", "spend_counters", "balance_alerts", "contacts", "conversations"],
  ...[
    "contact_addresses",
    "address_aliases",
    "lane_locks",
    "media",
    "template_guards",
    "campaigns",
  ],
];

/** Empties the database and lets the plan's accounts be in it. `truncate` gives the space of deleted rows back. */
export async function resetWorld(
  database: RealDatabase,
  plan: FaultySeed,
  truncate: boolean,
): Promise<void> {
  const empty = truncate
    ? `truncate ${TABLES.join(", ")} restart identity`
    : TABLES.map((table) => `delete from ${table}`).join("; ");
  const rows = plan.accounts.map((account, n) => formatAccount(account, n)).join("; ");
  await database.pool.query(
    `begin; set local session_replication_role = replica; ${empty}; ${rows}; commit`,
  );
}

type PlannedAccount = FaultySeed["accounts"][number];

function formatAccount(account: PlannedAccount, n: number): string {
  const at = formatTime(START_MS - 86_400_000);
  const own = {
    account: idOf("account", n),
    project: idOf("project", n),
    channel: idOf("channel", n),
    app: idOf("app", n),
    user: idOf("user", n),
    book: idOf("book", n),
  };
  const prices = ["marketing", "utility", "service"].map(
    (category, index) =>
      `insert into prices (price_book_id, id, country, category, amount, valid_from)
       values ('${own.book}', '${idOf("price", n * 10 + index)}', '*', '${category}', ${PRICE}, '2020-01-01')`,
  );
  return [
    `insert into price_books values ('${own.book}', null, 'simulated', 'COP', ${at})`,
    ...prices,
    `insert into accounts (account_id, name, countries, price_book_id, created_at)
     values ('${own.account}', 'simulated', '{CO}', '${own.book}', ${at})`,
    `insert into wallets values ('${own.account}', ${account.balance}, ${at})`,
    `insert into transfers values
       ('${own.account}', '00000000-0000-7000-8000-00000000000${n}', 'topup', 'funding', 'wallet', ${account.balance}, ${account.balance}, null, ${at})`,
    `insert into counters values ('${own.account}', 0)`,
    `insert into logins values ('login-${n}', '${own.account}', '${own.user}')`,
    `insert into users (account_id, id, login, name, role, created_at)
     values ('${own.account}', '${own.user}', 'login-${n}', 'Simulated', 'owner', ${at})`,
    ...formatTokens(own, n, at),
    ...formatNumber(own, n, at),
    `insert into projects (account_id, id, kind, name, channel_id, marketing_max, deadline_s, created_at)
     values ('${own.account}', '${own.project}', 'multiagente', 'simulated', '${own.channel}', ${account.marketingMax},
       '${formatDeadlines(account.deadlineS)}', ${at})`,
    ...formatTemplates(own, n, at),
    ...Array.from({ length: account.endpoints }, (_, place) =>
      formatEndpoint(own, endpointOf(n, place), at),
    ),
  ].join("; ");
}

type OwnIds = Record<"account" | "project" | "channel" | "app" | "user", string>;

function formatTokens(own: OwnIds, n: number, at: string): string[] {
  return (["ws", "v1"] as const).map((door, index) => {
    const hash = createHash("sha256").update(tokenOf(n, door)).digest("hex");
    const [kind, scopes] = door === "ws" ? ["ws", "{}"] : ["api", "{messages:write}"];
    return `insert into tokens (hash, id, account_id, user_id, kind, scopes, label, hint, created_at)
      values ('\\x${hash}', '${idOf("token", n * 10 + index)}', '${own.account}', '${own.user}', '${kind}', '${scopes}', 'simulated', 'xxxx', ${at})`;
  });
}

function formatNumber(own: OwnIds, n: number, at: string): string[] {
  const app = hex(SECRET_BOX.seal({ appSecret: APP_SECRET, verifyToken: "v" }, `app:${own.app}`));
  const key = hex(
    SECRET_BOX.seal({ accessToken: "EAAtoken-of-the-run" }, `channel:${own.channel}`),
  );
  const number = numberOf(n);
  return [
    `insert into provider_apps values ('${own.app}', '${own.account}', 'meta-cloud', 'simulated', '${app}', ${at})`,
    `insert into channels (account_id, id, provider, app_id, official_number, number_id, business_id, base_url, api_version, credentials, rate_per_second, created_at)
     values ('${own.account}', '${own.channel}', 'meta-cloud', '${own.app}', '57300520202${n}', '${number}', 'business-${n}', 'http://whatsapp.invalid', 'v23.0', '${key}', 1000, ${at})`,
    `insert into channel_numbers values ('meta-cloud', '${number}', 'business-${n}', '${own.app}', '${own.account}', '${own.channel}')`,
  ];
}

function formatTemplates(own: OwnIds, n: number, at: string): string[] {
  return (["plain", "promo"] as const).map((name, index) => {
    const category = name === "plain" ? "utility" : "marketing";
    const definition = {
      header: null,
      body: "Hola {{1}}",
      footer: null,
      buttons: [],
      parameterFormat: "positional",
    };
    return `insert into templates (account_id, id, project_id, number, name, language, category, status, definition, variables, header, provider_template_id, created_at, updated_at)
      values ('${own.account}', '${idOf("template", n * 10 + index)}', '${own.project}', ${templateNumberOf(n, name)}, '${name}', 'es', '${category}', 'approved', '${JSON.stringify(definition)}', 1, null, '${n}${index}', ${at}, ${at})`;
  });
}

function formatEndpoint(own: OwnIds, id: string, at: string): string {
  const secrets = hex(
    SECRET_BOX.seal([{ secret: ENDPOINT_SECRET, expiresAt: null }], `endpoint:${id}`),
  );
  return `insert into endpoints (account_id, id, project_id, url, secrets, created_at)
    values ('${own.account}', '${id}', '${own.project}', 'https://integrator.invalid/${id}', '${secrets}', ${at})`;
}

function formatDeadlines(seconds: number | null): string {
  if (seconds === null) return "{}";
  return JSON.stringify({ marketing: seconds, utility: seconds, service: seconds });
}

function formatTime(ms: number): string {
  return `'${new Date(ms).toISOString()}'`;
}

function hex(bytes: Buffer): string {
  return `\\x${bytes.toString("hex")}`;
}

import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Pool } from "pg";
import {
  type TemplateCategory,
  type TemplateDefinition,
  templateSlots,
} from "../domain/template.ts";

/** An account that can send, with the fields that a test does not care about filled in. */
export interface BuiltAccount {
  accountId: string;
  projectId: string;
  channelId: string;
  appId: string;
  login: string;
  /** A `ws` token, in the clear. */
  token: string;
  officialNumber: string;
  /** Meta's `phone_number_id`. */
  numberId: string;
  businessId: string;
  /** `id_template` by name. */
  templates: Record<string, number>;
}

/** What a test may want otherwise. */
export interface BuildOptions {
  /** In 1/10,000 units; default one million units. */
  balance?: bigint;
  price?: bigint;
  baseUrl?: string;
  ratePerSecond?: number;
  countries?: string[];
  marketingMax?: number;
  /** Sealed secrets; default empty bytes (nothing can be sent to a provider then). */
  credentials?: (channelId: string) => Buffer;
  secrets?: (appId: string) => Buffer;
}

/** A template of a test: its text and make-up. */
export interface BuiltTemplate {
  name: string;
  category?: TemplateCategory;
  status?: string;
  definition?: Partial<TemplateDefinition>;
}

const TEMPLATES: BuiltTemplate[] = [
  { name: "plain", definition: { body: "Hola" } },
  { name: "three", definition: { body: "Hola {{1}}, debe {{2}} el {{3}}" } },
  { name: "promo", category: "marketing", definition: { body: "Oferta para {{1}}" } },
  { name: "code", category: "authentication", definition: { body: "Su código es {{1}}" } },
  {
    name: "document",
    definition: { body: "Su factura", header: { format: "document", text: null } },
  },
  { name: "image", definition: { body: "Mire", header: { format: "image", text: null } } },
  { name: "video", definition: { body: "Vea", header: { format: "video", text: null } } },
  { name: "paused", status: "paused", definition: { body: "Hola" } },
];

/** Builds it. Every call makes another account. */
export async function buildAccount(pool: Pool, options: BuildOptions = {}): Promise<BuiltAccount> {
  const digits = String(Number.parseInt(randomBytes(6).toString("hex"), 16)).padStart(15, "1");
  const built: BuiltAccount = {
    accountId: randomUUID(),
    projectId: randomUUID(),
    channelId: randomUUID(),
    appId: randomUUID(),
    login: `login-${digits}`,
    token: `token-${randomBytes(16).toString("hex")}`,
    officialNumber: `5730${digits.slice(-8)}`,
    numberId: `1${digits}`,
    businessId: `2${digits}`,
    templates: {},
  };
  await insertPeople(pool, built, options);
  await insertNumber(pool, built, options);
  for (const template of TEMPLATES) await buildTemplate(pool, built, template);
  return built;
}

/** Adds a template and notes its `id_template` under its name. */
export async function buildTemplate(
  pool: Pool,
  built: BuiltAccount,
  template: BuiltTemplate,
): Promise<number> {
  const definition: TemplateDefinition = {
    header: null,
    body: "Hola",
    footer: null,
    buttons: [],
    parameterFormat: "positional",
    ...template.definition,
  };
  const category = template.category ?? "utility";
  const { rows } = await pool.query<{ number: number }>(
    `insert into templates (account_id, id, project_id, name, language, category, status, definition,
       variables, header, provider_template_id, created_at, updated_at)
     values ($1, $2, $3, $4, 'es', $5, $6, $7, $8, $9, $10, now(), now()) returning number`,
    [
      built.accountId,
      randomUUID(),
      built.projectId,
      template.name,
      category,
      template.status ?? "approved",
      definition,
      templateSlots(definition, category).length,
      definition.header?.format ?? null,
      String(Math.floor(Math.random() * 1e15)),
    ],
  );
  await pool.query("update accounts set version = version + 1 where account_id = $1", [
    built.accountId,
  ]);
  const number = rows[0]?.number ?? 0;
  built.templates[template.name] = number;
  return number;
}

/** Gives the account's project a second number, where the templates named exist too; answers its ids. */
export async function buildFallback(
  pool: Pool,
  built: BuiltAccount,
  options: BuildOptions & { twins?: readonly string[] },
): Promise<{ channelId: string; numberId: string }> {
  const second = { ...built, channelId: randomUUID(), appId: randomUUID() };
  second.numberId = `3${built.numberId}`;
  await insertChannel(pool, second, options);
  const { accountId, projectId } = built;
  await pool.query(
    "update projects set fallback_channel_id = $3 where account_id = $1 and id = $2",
    [accountId, projectId, second.channelId],
  );
  await pool.query(
    `insert into template_twins (account_id, template_id, channel_id, provider_template_id, status, checked_at)
     select account_id, id, $2, 'twin-' || name, 'approved', now()
     from templates where account_id = $1 and name = any($3::text[])`,
    [accountId, second.channelId, options.twins ?? []],
  );
  await pool.query("update accounts set version = version + 1 where account_id = $1", [accountId]);
  return { channelId: second.channelId, numberId: second.numberId };
}

async function insertPeople(pool: Pool, built: BuiltAccount, options: BuildOptions): Promise<void> {
  const bookId = randomUUID();
  const userId = randomUUID();
  const { accountId } = built;
  await pool.query("insert into price_books values ($1, null, 'test', 'COP', now())", [bookId]);
  for (const category of ["marketing", "utility", "authentication", "service"]) {
    await pool.query(
      `insert into prices (price_book_id, id, country, category, amount, valid_from)
       values ($1, $2, '*', $3, $4, '2020-01-01')`,
      [bookId, randomUUID(), category, options.price ?? 2_500_000n],
    );
  }
  await pool.query(
    `insert into accounts (account_id, name, countries, price_book_id, created_at)
     values ($1, 'test', $2, $3, now())`,
    [accountId, options.countries ?? ["CO"], bookId],
  );
  const balance = options.balance ?? 10_000_000_000n;
  await pool.query("insert into wallets values ($1, $2, now())", [accountId, balance]);
  await pool.query(
    `insert into transfers values ($1, gen_random_uuid(), 'topup', 'funding', 'wallet', $2, $2, null, now())`,
    [accountId, balance],
  );
  await pool.query("insert into counters values ($1, 0)", [accountId]);
  await pool.query("insert into logins values ($1, $2, $3)", [built.login, accountId, userId]);
  await pool.query(
    `insert into users (account_id, id, login, name, role, created_at)
     values ($1, $2, $3, 'Test', 'owner', now())`,
    [accountId, userId, built.login],
  );
  await pool.query(
    `insert into tokens (hash, id, account_id, user_id, kind, label, hint, created_at)
     values ($1, $2, $3, $4, 'ws', 'test', 'xxxx', now())`,
    [createHash("sha256").update(built.token).digest(), randomUUID(), accountId, userId],
  );
}

async function insertNumber(pool: Pool, built: BuiltAccount, options: BuildOptions): Promise<void> {
  const { accountId, channelId, projectId } = built;
  await insertChannel(pool, built, options);
  await pool.query(
    `insert into projects (account_id, id, kind, name, channel_id, marketing_max, created_at)
     values ($1, $2, 'multiagente', 'test', $3, $4, now())`,
    [accountId, projectId, channelId, options.marketingMax ?? 2],
  );
}

async function insertChannel(
  pool: Pool,
  built: BuiltAccount,
  options: BuildOptions,
): Promise<void> {
  const { accountId, channelId, appId } = built;
  await pool.query("insert into provider_apps values ($1, $2, 'meta-cloud', 'test', $3, now())", [
    appId,
    accountId,
    options.secrets?.(appId) ?? Buffer.alloc(0),
  ]);
  await pool.query(
    `insert into channels (account_id, id, provider, app_id, official_number, number_id, business_id,
       base_url, api_version, credentials, rate_per_second, created_at)
     values ($1, $2, 'meta-cloud', $3, $4, $5, $6, $7, 'v23.0', $8, $9, now())`,
    [
      accountId,
      channelId,
      appId,
      built.officialNumber,
      built.numberId,
      built.businessId,
      options.baseUrl ?? "http://127.0.0.1:9",
      options.credentials?.(channelId) ?? Buffer.alloc(0),
      options.ratePerSecond ?? 1000,
    ],
  );
  await pool.query("insert into channel_numbers values ('meta-cloud', $1, $2, $3, $4, $5)", [
    built.numberId,
    built.businessId,
    appId,
    accountId,
    channelId,
  ]);
}

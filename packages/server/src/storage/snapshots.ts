import type { AccountSnapshot, MessageCategory, PriceView } from "../domain/account-snapshot.ts";
import type { Queryable } from "./connect.ts";
import { findLimits } from "./snapshot-limits.ts";

/** Which account a token belongs to; a token never moves, so the answer may be kept for ever. */
export async function findTokenAccounts(
  sql: Queryable,
  hashes: readonly Buffer[],
): Promise<Map<string, string>> {
  const { rows } = await sql.query<{ hash: string; account_id: string }>({
    name: "find-token-accounts",
    text: `select encode(hash, 'hex') as hash, account_id from tokens
           where hash = any($1::bytea[]) and account_id is not null`,
    values: [hashes],
  });
  return new Map(rows.map((row) => [row.hash, row.account_id]));
}

/** The version of each account, for comparing with a cached snapshot. */
export async function findAccountVersions(
  sql: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, bigint>> {
  const { rows } = await sql.query<{ account_id: string; version: bigint }>({
    name: "find-account-versions",
    text: "select account_id, version from accounts where account_id = any($1::uuid[])",
    values: [accountIds],
  });
  return new Map(rows.map((row) => [row.account_id, row.version]));
}

/** Reads an account whole. Null when it does not exist. */
export async function findSnapshot(
  sql: Queryable,
  accountId: string,
): Promise<AccountSnapshot | null> {
  const account = await one<AccountRow>(sql, ACCOUNT, accountId);
  if (!account) return null;
  const projects = await all<ProjectRow>(sql, PROJECTS, accountId);
  const tokens = await all<TokenRow>(sql, TOKENS, accountId);
  const channels = await all<ChannelRow>(sql, CHANNELS, accountId);
  const templates = await all<TemplateRow>(sql, TEMPLATES, accountId);
  const twins = Map.groupBy(
    await all<TwinRow>(sql, TWINS, accountId),
    ({ template_id }) => template_id,
  );
  const prices = account.price_book_id
    ? await all<PriceRow>(sql, PRICES, account.price_book_id)
    : [];
  const oldest = projects.find((project) => project.state === "active") ?? projects[0];
  return {
    accountId,
    version: account.version,
    active: account.active,
    currency: account.currency,
    countries: account.countries,
    tokens: new Map(tokens.map((row) => [row.hash, tokenView(row)])),
    projects: new Map(projects.map((row) => [row.id, projectView(row)])),
    defaultProjectId: oldest?.id ?? null,
    channels: new Map(channels.map((row) => [row.id, channelView(row)])),
    templatesByNumber: new Map(
      templates.map((row) => [row.number, templateView(row, twins.get(row.id))]),
    ),
    prices: prices.map(priceView),
    limits: await findLimits(sql, accountId),
  };
}

const ACCOUNT = `select a.version, a.currency, a.countries, a.price_book_id,
                   a.state = 'active' and coalesce(r.state, 'active') = 'active' as active
                 from accounts a left join accounts r on r.account_id = a.parent_id
                 where a.account_id = $1`;
const PROJECTS = `select id, state, time_zone, channel_id, fallback_channel_id, marketing_max,
                         marketing_window_s, category_guard_limit, deadline_s
                  from projects where account_id = $1 order by created_at, id`;
const TOKENS = `select encode(t.hash, 'hex') as hash, t.id, t.kind, t.project_id, t.scopes, t.expires_at,
                       coalesce(u.login, '') as login, coalesce(u.state, 'active') as user_state
                from tokens t left join users u on u.account_id = t.account_id and u.id = t.user_id
                where t.account_id = $1 and t.revoked_at is null`;
const CHANNELS = `select id, state, provider, official_number, number_id, rate_per_second
                  from channels where account_id = $1`;
const TEMPLATES = `select id, number, project_id, name, language, category, status, definition, variables,
                          header, provider_template_id, rejected_reason, guard
                   from templates where account_id = $1 and deleted_at is null order by number`;
const TWINS = `select template_id, channel_id, provider_template_id from template_twins
               where account_id = $1 and status = 'approved'`;
const PRICES = `select country, category, amount, valid_from, valid_to
                from prices where price_book_id = $1`;

interface AccountRow {
  version: bigint;
  /** Neither it nor the reseller that owns it is disabled. */
  active: boolean;
  currency: string;
  countries: string[];
  price_book_id: string | null;
}
interface ProjectRow {
  id: string;
  state: string;
  time_zone: string;
  channel_id: string | null;
  fallback_channel_id: string | null;
  marketing_max: number;
  marketing_window_s: number;
  category_guard_limit: number;
  deadline_s: Partial<Record<MessageCategory, number>>;
}
interface TokenRow {
  hash: string;
  id: string;
  kind: "ws" | "api" | "admin";
  project_id: string | null;
  scopes: string[];
  expires_at: Date | null;
  login: string;
  user_state: string;
}
interface ChannelRow {
  id: string;
  state: string;
  provider: string;
  official_number: string;
  number_id: string;
  rate_per_second: number;
}
interface TemplateRow
  extends Omit<
    AccountSnapshot["templatesByNumber"] extends ReadonlyMap<number, infer View> ? View : never,
    "projectId" | "providerTemplateId" | "rejectedReason" | "twins"
  > {
  project_id: string;
  provider_template_id: string | null;
  rejected_reason: string | null;
}
interface TwinRow {
  template_id: string;
  channel_id: string;
  provider_template_id: string;
}
interface PriceRow {
  country: string;
  category: MessageCategory;
  amount: bigint;
  valid_from: Date;
  valid_to: Date | null;
}

async function all<Row extends object>(sql: Queryable, text: string, id: string): Promise<Row[]> {
  const { rows } = await sql.query(text, [id]);
  return rows as Row[];
}

async function one<Row extends object>(
  sql: Queryable,
  text: string,
  id: string,
): Promise<Row | undefined> {
  return (await all<Row>(sql, text, id))[0];
}

function tokenView(row: TokenRow) {
  return {
    id: row.id,
    kind: row.kind,
    login: row.login,
    active: row.user_state === "active",
    projectId: row.project_id,
    scopes: row.scopes,
    expiresAtMs: row.expires_at?.getTime() ?? null,
  };
}

function projectView(row: ProjectRow) {
  const deadlines = Object.entries(row.deadline_s).map(([key, seconds]) => [key, seconds * 1000]);
  return {
    id: row.id,
    active: row.state === "active",
    timeZone: row.time_zone,
    channelId: row.channel_id,
    fallbackChannelId: row.fallback_channel_id,
    marketingMax: row.marketing_max,
    marketingWindowMs: row.marketing_window_s * 1000,
    categoryGuardLimit: row.category_guard_limit,
    deadlineMs: Object.fromEntries(deadlines) as Partial<Record<MessageCategory, number>>,
  };
}

function channelView(row: ChannelRow) {
  return {
    id: row.id,
    active: row.state === "active",
    provider: row.provider,
    officialNumber: row.official_number,
    numberId: row.number_id,
    ratePerSecond: row.rate_per_second,
  };
}

function templateView(row: TemplateRow, twins: readonly TwinRow[] = []) {
  const { project_id, provider_template_id, rejected_reason, ...rest } = row;
  return {
    ...rest,
    projectId: project_id,
    providerTemplateId: provider_template_id,
    rejectedReason: rejected_reason,
    twins: new Map(twins.map((twin) => [twin.channel_id, twin.provider_template_id])),
  };
}

function priceView(row: PriceRow): PriceView {
  return {
    country: row.country,
    category: row.category,
    amount: row.amount,
    fromMs: row.valid_from.getTime(),
    toMs: row.valid_to?.getTime() ?? null,
  };
}

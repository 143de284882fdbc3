import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";

/** An official number at a provider, without its credentials. */
export interface ChannelRow {
  accountId: string;
  id: string;
  provider: string;
  appId: string;
  officialNumber: string;
  numberId: string;
  businessId: string;
  baseUrl: string;
  apiVersion: string;
  ratePerSecond: number;
  state: "active" | "inactive";
  /** Nothing leaves through this number until then. */
  restUntil: Date | null;
  restReason: string | null;
  createdAt: Date;
}

/** What may change in a channel; what is undefined stays. */
export interface ChannelChanges {
  baseUrl?: string | undefined;
  apiVersion?: string | undefined;
  ratePerSecond?: number | undefined;
  state?: ChannelRow["state"] | undefined;
  /** Sealed for the place `channel:<id>`. */
  credentials?: Buffer | undefined;
}

/** What signs and receives a provider's webhooks; its secrets are sealed for the place `app:<id>`. */
export interface ProviderAppRow {
  id: string;
  accountId: string;
  provider: string;
  name: string;
  createdAt: Date;
}

const COLUMNS = `account_id as "accountId", id, provider, app_id as "appId",
  official_number as "officialNumber", number_id as "numberId", business_id as "businessId",
  base_url as "baseUrl", api_version as "apiVersion", rate_per_second as "ratePerSecond", state,
  rest_until as "restUntil", rest_reason as "restReason", created_at as "createdAt"`;

/** Stores an app with its sealed secrets. */
export async function insertProviderApp(
  sql: Queryable,
  app: ProviderAppRow & { secrets: Buffer },
): Promise<void> {
  await sql.query(
    `insert into provider_apps (id, account_id, provider, name, secrets, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [app.id, app.accountId, app.provider, app.name, app.secrets, app.createdAt],
  );
}

/** The app, or null. */
export async function findProviderApp(sql: Queryable, id: string): Promise<ProviderAppRow | null> {
  const { rows } = await sql.query<ProviderAppRow>(
    `select id, account_id as "accountId", provider, name, created_at as "createdAt"
     from provider_apps where id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** The names by which a provider's events speak of a number and of its business account. */
export interface NumberNames {
  numberId: string;
  businessId: string;
}

/**
 * Stores a channel and the directory's rows, one for each of `names`, by which a provider's events find it.
 * Violates `channel_numbers_pkey` when the number is a channel already.
 */
export async function insertChannel(
  sql: Queryable,
  channel: Omit<ChannelRow, "restUntil" | "restReason"> & {
    credentials: Buffer;
    names: readonly NumberNames[];
  },
): Promise<void> {
  const { provider, names, appId, accountId, id } = channel;
  await sql.query(
    `insert into channel_numbers
       (provider, number_id, business_id, app_id, account_id, channel_id)
     select $1, name.number_id, name.business_id, $4, $5, $6
     from unnest($2::text[], $3::text[]) as name (number_id, business_id)`,
    [
      provider,
      names.map((name) => name.numberId),
      names.map((name) => name.businessId),
      appId,
      accountId,
      id,
    ],
  );
  await sql.query(
    `insert into channels (account_id, id, provider, app_id, official_number, number_id,
       business_id, base_url, api_version, credentials, rate_per_second, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      channel.accountId,
      channel.id,
      channel.provider,
      channel.appId,
      channel.officialNumber,
      channel.numberId,
      channel.businessId,
      channel.baseUrl,
      channel.apiVersion,
      channel.credentials,
      channel.ratePerSecond,
      channel.state,
      channel.createdAt,
    ],
  );
}

/** The channel, or null; `accountId` null looks in every account. */
export async function findChannel(
  sql: Queryable,
  key: { accountId: string | null; id: string },
): Promise<ChannelRow | null> {
  const { rows } = await sql.query<ChannelRow>(
    `select ${COLUMNS} from channels where id = $2 and ($1::uuid is null or account_id = $1)`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** The sealed credentials of a channel; null when there is no such channel. */
export async function findChannelCredentials(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<Buffer | null> {
  const { rows } = await sql.query<{ credentials: Buffer }>(
    "select credentials from channels where account_id = $1 and id = $2",
    [key.accountId, key.id],
  );
  return rows[0]?.credentials ?? null;
}

/** Channels of an account (null: of all), newest first. */
export async function listChannels(
  sql: Queryable,
  accountId: string | null,
  slice: Slice,
): Promise<ChannelRow[]> {
  const { rows } = await sql.query<ChannelRow>(
    `select ${COLUMNS} from channels
     where ($1::uuid is null or account_id = $1) and ($2::uuid is null or id < $2)
     order by id desc limit $3`,
    [accountId, slice.before, slice.limit],
  );
  return rows;
}

/** Changes a channel. New credentials end a rest that was ordered for the old ones. */
export async function updateChannel(
  sql: Queryable,
  key: { accountId: string; id: string },
  changes: ChannelChanges,
): Promise<void> {
  await sql.query(
    `update channels set base_url = coalesce($3, base_url),
       api_version = coalesce($4, api_version),
       rate_per_second = coalesce($5, rate_per_second), state = coalesce($6, state),
       credentials = coalesce($7, credentials),
       rest_until = case when $7::bytea is null then rest_until end,
       rest_reason = case when $7::bytea is null then rest_reason end
     where account_id = $1 and id = $2`,
    [
      key.accountId,
      key.id,
      changes.baseUrl ?? null,
      changes.apiVersion ?? null,
      changes.ratePerSecond ?? null,
      changes.state ?? null,
      changes.credentials ?? null,
    ],
  );
}

import { randomBytes } from "node:crypto";
import { AppError } from "../platform/app-error.ts";
import { findAccount, touchAccount } from "../storage/accounts.ts";
import {
  type ChannelRow,
  findChannel,
  findProviderApp,
  insertChannel,
  insertProviderApp,
  updateChannel as updateRow,
} from "../storage/channels.ts";
import { findSqlState, type Queryable, withTransaction } from "../storage/connect.ts";
import { checkBetween, checkName, refuseField } from "./check-fields.ts";
import { type Operator, stamp } from "./operator.ts";

/** An official number at a provider, without its credentials. */
export type Channel = ChannelRow;

/** What a new channel needs. Secrets are sealed before they are stored and never shown again. */
export interface NewChannel {
  accountId: string;
  /** Default `meta-cloud`. */
  provider?: string | undefined;
  /** Digits, country code first, without `+`. */
  officialNumber: string;
  /** Meta's `phone_number_id`; Gupshup's app name. */
  numberId: string;
  /** Meta's WABA id; Gupshup's app id. */
  businessId: string;
  /** Default: the provider's own address. */
  baseUrl?: string | undefined;
  /** Default `v23.0`; Gupshup has none to choose. */
  apiVersion?: string | undefined;
  accessToken: string;
  /** An app of the same account that exists, or what a new one needs. */
  app: { id: string } | NewApp;
  /** Messages a second. Default 80, at Gupshup 20. */
  ratePerSecond?: number | undefined;
}

/** What proves that webhooks are the provider's. */
export interface NewApp {
  name?: string | undefined;
  /** Meta signs with it; what Gupshup sends in the header `x-recado-secret`. */
  appSecret: string;
  /** What Meta says when it checks the address; the last part of Gupshup's address. Default: a random one. */
  verifyToken?: string | undefined;
}

/** A new channel, with the verify token if its app is new: the provider's console asks for it. */
export interface CreatedChannel {
  channel: ChannelRow;
  /** Null when the app was there before. */
  verifyToken: string | null;
}

/** Creates a channel, and its app unless it names one. Refuses a number that is a channel already. */
export async function createChannel(
  operator: Operator,
  given: NewChannel,
): Promise<CreatedChannel> {
  const { id, at } = stamp(operator);
  const provider = given.provider ?? "meta-cloud";
  const defaults = PROVIDER_DEFAULTS[provider === "gupshup" ? "gupshup" : "meta-cloud"];
  try {
    return await withTransaction(operator.pool, async (sql) => {
      if (!(await findAccount(sql, given.accountId))) {
        throw new AppError("not_found", "There is no such account.");
      }
      const app = await takeApp(sql, { operator, provider, given });
      const channel = {
        accountId: given.accountId,
        id,
        provider,
        appId: app.id,
        officialNumber: checkDigits("officialNumber", given.officialNumber),
        numberId: checkId("numberId", given.numberId),
        businessId: checkId("businessId", given.businessId),
        baseUrl: checkBaseUrl(given.baseUrl ?? defaults.baseUrl),
        apiVersion: checkVersion(given.apiVersion ?? defaults.apiVersion),
        ratePerSecond: checkRate(given.ratePerSecond ?? defaults.ratePerSecond),
        state: "active" as const,
        createdAt: at,
      };
      await insertChannel(sql, {
        ...channel,
        credentials: sealToken(operator, id, given.accessToken),
        names: namesOf(channel),
      });
      await touchAccount(sql, [channel.accountId]);
      return {
        channel: { ...channel, restUntil: null, restReason: null },
        verifyToken: app.verifyToken,
      };
    });
  } catch (error) {
    if (findSqlState(error) !== "23505") throw error;
    throw new AppError("conflict", `The number id ${given.numberId} is a channel already.`);
  }
}

/** What a channel has when nobody says otherwise (Gupshup's rate: its support article on limits, 2022). */
const PROVIDER_DEFAULTS = {
  "meta-cloud": { baseUrl: "https://graph.facebook.com", apiVersion: "v23.0", ratePerSecond: 80 },
  gupshup: { baseUrl: "https://api.gupshup.io", apiVersion: "v1.0", ratePerSecond: 20 },
} as const;

/**
 * How events name the number. Gupshup's own callbacks know nothing but the app's name, those in Meta's
 * shape nothing but the app's id; both stand for the number and for the business account.
 */
function namesOf(channel: { provider: string; numberId: string; businessId: string }) {
  const { provider, numberId, businessId } = channel;
  if (provider !== "gupshup") return [{ numberId, businessId }];
  return [numberId, businessId].map((name) => ({ numberId: name, businessId: name }));
}

/** What may change in a channel; what is undefined stays. */
export interface ChannelUpdate {
  /** A new one also ends a rest that the provider asked for. */
  accessToken?: string | undefined;
  ratePerSecond?: number | undefined;
  state?: ChannelRow["state"] | undefined;
  baseUrl?: string | undefined;
  apiVersion?: string | undefined;
}

/** Changes a channel. */
export async function updateChannel(
  operator: Operator,
  channel: ChannelRow,
  changes: ChannelUpdate,
): Promise<ChannelRow> {
  const { accessToken, ratePerSecond, state, baseUrl, apiVersion } = changes;
  const checked = {
    state,
    ...(ratePerSecond === undefined ? {} : { ratePerSecond: checkRate(ratePerSecond) }),
    ...(baseUrl === undefined ? {} : { baseUrl: checkBaseUrl(baseUrl) }),
    ...(apiVersion === undefined ? {} : { apiVersion: checkVersion(apiVersion) }),
    ...(accessToken === undefined
      ? {}
      : { credentials: sealToken(operator, channel.id, accessToken) }),
  };
  return withTransaction(operator.pool, async (sql) => {
    await updateRow(sql, channel, checked);
    await touchAccount(sql, [channel.accountId]);
    const changed = await findChannel(sql, channel);
    if (!changed) throw new AppError("not_found", "There is no such channel.");
    return changed;
  });
}

interface AppWish {
  operator: Operator;
  provider: string;
  given: NewChannel;
}

async function takeApp(
  sql: Queryable,
  { operator, provider, given }: AppWish,
): Promise<{ id: string; verifyToken: string | null }> {
  const { app, accountId } = given;
  if ("id" in app) {
    const found = await findProviderApp(sql, app.id);
    if (!found || found.accountId !== accountId || found.provider !== provider) {
      refuseField("app.id", "there is no such app of this account and provider");
    }
    return { id: found.id, verifyToken: null };
  }
  const { id, at } = stamp(operator);
  const verifyToken = checkSecret(
    "app.verifyToken",
    app.verifyToken ?? randomBytes(18).toString("base64url"),
  );
  await insertProviderApp(sql, {
    id,
    accountId,
    provider,
    name: checkName("app.name", app.name ?? given.officialNumber),
    createdAt: at,
    secrets: operator.secretBox.seal(
      { appSecret: checkSecret("app.appSecret", app.appSecret), verifyToken },
      `app:${id}`,
    ),
  });
  return { id, verifyToken };
}

function sealToken(operator: Operator, channelId: string, accessToken: string): Buffer {
  return operator.secretBox.seal(
    { accessToken: checkSecret("accessToken", accessToken) },
    `channel:${channelId}`,
  );
}

/** Secrets end up in HTTP headers: what a header cannot carry is a slip of the hand. */
function checkSecret(path: string, secret: string): string {
  if (!/^[\x21-\x7e]{1,4096}$/u.test(secret)) {
    refuseField(path, "must be visible ASCII without blanks, at most 4096 characters");
  }
  return secret;
}

function checkDigits(path: string, text: string): string {
  return /^[0-9]{6,15}$/u.test(text)
    ? text
    : refuseField(path, "must be 6 to 15 digits, country code first, without +");
}

/** Ids stand in the paths of provider calls. */
function checkId(path: string, text: string): string {
  return /^[A-Za-z0-9_-]{1,64}$/u.test(text)
    ? text
    : refuseField(path, "must be 1 to 64 letters, digits, - or _");
}

function checkVersion(text: string): string {
  return /^v[0-9]{1,3}\.[0-9]{1,2}$/u.test(text)
    ? text
    : refuseField("apiVersion", "must look like v23.0");
}

function checkRate(rate: number): number {
  return checkBetween("ratePerSecond", rate, { min: 1, max: 1000 });
}

function checkBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && !url.search && !url.hash && !url.username && !url.password;
  if (!plain || !/^https?:$/u.test(url.protocol)) {
    return refuseField("baseUrl", "must be an http(s) address without query or credentials");
  }
  return text.replace(/\/+$/u, "");
}

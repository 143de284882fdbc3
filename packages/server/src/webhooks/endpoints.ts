import type { EventFilter } from "@recado/contract/webhook-payloads";
import type { AddressGuard } from "../platform/address-guard.ts";
import { AppError } from "../platform/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { SecretBox } from "../platform/secret-box.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import { updateParkedToPending } from "../storage/delivery-parking.ts";
import {
  deleteEndpoint,
  type EndpointKey,
  type EndpointRow,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  lockEndpoint,
  type ProjectKey,
  setEndpointEnabled,
  updateEndpoint,
} from "../storage/endpoints.ts";
import { lockProject } from "../storage/projects.ts";
import { checkCustomHeaders } from "./custom-headers.ts";
import {
  checkEvents,
  checkNumbers,
  checkRate,
  checkTemplates,
  refuseField,
} from "./endpoint-filters.ts";
import { createSecret, isSecret, openSecrets, rotateSecrets, sealSecrets } from "./secrets.ts";

/** What keeping endpoints needs. Whoever calls has proved its right to the account. */
export interface EndpointDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  secretBox: SecretBox;
  guard: AddressGuard;
}

/** What an owner says about an endpoint; what is absent has its default, or stays. */
export interface EndpointWish {
  /** http or https, at most {@link URL_LENGTH_MAX} characters, no credentials, not plainly inside. */
  url?: string | undefined;
  /** Null or absent: the five of messages. */
  events?: readonly EventFilter[] | null | undefined;
  /** Official numbers of the account, or ids of its channels; null or absent: all. */
  numbers?: readonly string[] | null | undefined;
  /** Templates of the project, by name or `id_template`; null or absent: all. */
  templates?: readonly string[] | null | undefined;
  /** Calls that may begin in any second, 1 to 1,000; null or absent: no limit. */
  ratePerSecond?: number | null | undefined;
  /** Sent on every call; see `checkCustomHeaders`. */
  headers?: Record<string, string> | undefined;
}

/** An endpoint as its owner sees it: no secret, and of the headers only their names. */
export type EndpointView = Omit<EndpointRow, "secrets" | "headers"> & { headerNames: string[] };

/** Longest address. */
export const URL_LENGTH_MAX = 2_048;

/** Endpoints of one project. */
export const ENDPOINTS_PER_PROJECT_MAX = 10;

/**
 * Makes an enabled endpoint and its secret, which is shown this once. `secret` brings one along instead
 * of a new one. Refuses what {@link EndpointWish} does not allow, and an eleventh one.
 */
export async function createEndpoint(
  deps: EndpointDeps,
  place: { accountId: string; projectId: string },
  wish: EndpointWish & { url: string; secret?: string | undefined },
): Promise<{ endpoint: EndpointView; secret: string }> {
  const { url = "", headers = {}, ...filters } = await checkWish(deps, place, wish);
  const secret = checkSecret(wish.secret ?? createSecret());
  const nowMs = deps.clock.now();
  const id = deps.ids.next(nowMs);
  const secrets = sealSecrets(deps.secretBox, id, [{ secret, expiresAt: null }]);
  const createdAt = new Date(nowMs);
  const row = { ...place, events: null, ...filters, id, url, headers, secrets, createdAt };
  await withTransaction(deps.pool, async (sql) => {
    // Two at once would both find room for one.
    await lockProject(sql, { accountId: place.accountId, id: place.projectId });
    if ((await listEndpoints(sql, place)).length >= ENDPOINTS_PER_PROJECT_MAX) {
      const message = `a project has at most ${ENDPOINTS_PER_PROJECT_MAX} endpoints`;
      throw new AppError("conflict", message);
    }
    await insertEndpoint(sql, row);
  });
  return { endpoint: await getEndpoint(deps, { accountId: place.accountId, id }), secret };
}

/** The endpoint as its owner sees it; refuses with `not_found`. */
export async function getEndpoint(
  deps: Pick<EndpointDeps, "pool">,
  key: EndpointKey,
): Promise<EndpointView> {
  const endpoint = await findEndpoint(deps.pool, key);
  if (!endpoint) throw notFound();
  return viewEndpoint(endpoint);
}

/** What an owner may see of a row. */
export function viewEndpoint({ secrets: _, headers, ...rest }: EndpointRow): EndpointView {
  return { ...rest, headerNames: Object.keys(headers) };
}

/** Changes what the wish names. A new address starts without the old one's failures. */
export async function changeEndpoint(
  deps: EndpointDeps,
  key: EndpointKey,
  wish: EndpointWish,
): Promise<EndpointView> {
  const endpoint = await findEndpoint(deps.pool, key);
  if (!endpoint) throw notFound();
  const change = await checkWish(deps, endpoint, wish);
  if (!(await updateEndpoint(deps.pool, key, change))) throw notFound();
  return getEndpoint(deps, key);
}

/**
 * Enables an endpoint with a clean record: what was parked for it is due at once, in order, each with all
 * its attempts before it. Safe to repeat. Kick the lane afterwards.
 */
export async function enableEndpoint(
  deps: Pick<EndpointDeps, "pool" | "clock">,
  key: EndpointKey,
): Promise<{ resumed: number }> {
  return withTransaction(deps.pool, async (sql) => {
    if (!(await setEndpointEnabled(sql, key))) throw notFound();
    return { resumed: await updateParkedToPending(sql, key, new Date(deps.clock.now())) };
  });
}

/** Replaces the secret; the old one signs as well for a day. The new one is shown this once. */
export async function rotateEndpointSecret(
  deps: EndpointDeps,
  key: EndpointKey,
  wanted: { secret?: string | undefined } = {},
): Promise<{ secret: string; previousExpiresAt: Date | null }> {
  const secret = checkSecret(wanted.secret ?? createSecret());
  return withTransaction(deps.pool, async (sql) => {
    const endpoint = await lockEndpoint(sql, key);
    if (!endpoint) throw notFound();
    const old = openSecrets(deps.secretBox, key.id, endpoint.secrets);
    const secrets = rotateSecrets(old, secret, deps.clock.now());
    await updateEndpoint(sql, key, { secrets: sealSecrets(deps.secretBox, key.id, secrets) });
    const expiresAt = secrets[1]?.expiresAt ?? null;
    return { secret, previousExpiresAt: expiresAt === null ? null : new Date(expiresAt) };
  });
}

/** Removes an endpoint for good: what was on its way to it is given up. Refuses with `not_found`. */
export async function removeEndpoint(
  deps: Pick<EndpointDeps, "pool" | "clock">,
  key: EndpointKey,
): Promise<void> {
  const now = new Date(deps.clock.now());
  const removed = await withTransaction(deps.pool, (sql) => deleteEndpoint(sql, key, now));
  if (!removed) throw notFound();
}

async function checkWish(deps: EndpointDeps, place: ProjectKey, wish: EndpointWish) {
  const { url, events, numbers, templates, ratePerSecond, headers } = wish;
  return {
    ...(url !== undefined && { url: checkUrl(deps.guard, url) }),
    ...(events !== undefined && { events: checkEvents(events) }),
    ...(numbers !== undefined && { numbers: await checkNumbers(deps.pool, place, numbers) }),
    ...(templates !== undefined && {
      templates: await checkTemplates(deps.pool, place, templates),
    }),
    ...(ratePerSecond !== undefined && { ratePerSecond: checkRate(ratePerSecond) }),
    ...(headers !== undefined && { headers: checkCustomHeaders(headers) }),
  };
}

function checkUrl(guard: AddressGuard, text: string): string {
  if (text.length > URL_LENGTH_MAX) {
    throw refuseField("url", `it is longer than ${URL_LENGTH_MAX} characters`);
  }
  const verdict = guard.checkUrl(text);
  if (verdict.kind === "refused") throw refuseField("url", verdict.why);
  // A fragment is never sent; keeping it would only mislead.
  verdict.url.hash = "";
  return verdict.url.href;
}

function checkSecret(secret: string): string {
  if (isSecret(secret)) return secret;
  throw refuseField("secret", "a secret is whsec_ and 24 to 64 bytes in base64");
}

function notFound(): AppError {
  return new AppError("not_found", "there is no such webhook endpoint");
}

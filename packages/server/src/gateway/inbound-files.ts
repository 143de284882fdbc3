import { createHash } from "node:crypto";
import type { Logger } from "pino";
import type { ChannelKeys } from "../accounts/channel-keys.ts";
import type { Directory } from "../accounts/directory.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { isUuid } from "../platform/ids.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import type { UpstreamHttp } from "../platform/upstream-http.ts";
import type { Provider } from "../providers/provider.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import type { Database } from "../storage/connect.ts";
import {
  claimFetches,
  findInboundFile,
  type InboundFileRow,
  storeFetched,
} from "../storage/inbound-files.ts";

/** What fetching people's files needs. */
export interface InboundFilesDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  directory: Directory;
  keys: ChannelKeys;
  store: BlobStore;
  http: UpstreamHttp;
  logger: Logger;
  intervalMs: number;
  provider(name: string): Provider | null;
}

/** People's files: fetched soon after they came (providers keep them for days only), then kept. */
export interface InboundFiles {
  lane: Lane;
  /** The file of a message, fetched now if it is not here yet; null: none, or it cannot be had. */
  find(of: { accountId: string; messageId: string }): Promise<InboundFileRow | null>;
}

const FETCHES_MAX = 8;
const LEASE_MS = 300_000;
const TRIES_MAX = 8;
const BYTES_MAX = 100 * 1024 * 1024;

/** Builds the lane and the finder. */
export function createInboundFiles(deps: InboundFilesDeps): InboundFiles {
  const lane = createLane({
    name: "fetch",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    async round() {
      const nowMs = deps.clock.now();
      const claims = { now: new Date(nowMs), leaseUntil: new Date(nowMs + LEASE_MS) };
      const rows = await claimFetches(deps.pool, { ...claims, countMax: FETCHES_MAX });
      await Promise.all(rows.map((row) => fetchFile(deps, row)));
      return rows.length === FETCHES_MAX;
    },
  });
  return {
    lane,
    async find(of) {
      if (!isUuid(of.accountId) || !isUuid(of.messageId)) return null;
      const row = await findInboundFile(deps.pool, of);
      if (!row || row.media.storageKey !== null || row.media.error !== null) return row;
      await fetchFile(deps, row);
      return findInboundFile(deps.pool, of);
    },
  };
}

/** Fetches one file and keeps it, or notes why not. Safe to do twice: the later copy is an orphan. */
async function fetchFile(deps: InboundFilesDeps, row: InboundFileRow): Promise<void> {
  const nowMs = deps.clock.now();
  const outcome = await tryFetch(deps, row).catch((error: unknown) => ({
    kind: "failed" as const,
    why: error instanceof Error ? error.message : String(error),
    final: false,
  }));
  if (outcome.kind === "failed") {
    const tries = row.attempts + 1;
    const givenUp = outcome.final || tries >= TRIES_MAX;
    deps.logger.warn({ messageId: row.id, why: outcome.why, tries, givenUp }, "fetch.failed");
    const media = givenUp ? { ...row.media, error: outcome.why } : row.media;
    const again = givenUp ? null : new Date(nowMs + 1_000 * 3 ** tries);
    await storeFetched(deps.pool, { row, media, again, file: null });
    return;
  }
  const media = { ...row.media, storageKey: outcome.storageKey, bytes: outcome.bytes };
  const file = {
    id: deps.ids.next(nowMs),
    sha256: outcome.sha256,
    mime: row.media.mime,
    name: row.media.name ?? row.media.kind,
    at: new Date(nowMs),
  };
  await storeFetched(deps.pool, { row, media, again: null, file });
}

type Fetched =
  | { kind: "fetched"; storageKey: string; sha256: string; bytes: number }
  | { kind: "failed"; why: string; final: boolean };

async function tryFetch(deps: InboundFilesDeps, row: InboundFileRow): Promise<Fetched> {
  const snapshots = await deps.directory.snapshots(deps.pool, [row.accountId]);
  const snapshot = snapshots.get(row.accountId);
  const view = snapshot?.channels.get(row.channelId);
  const provider = view ? deps.provider(view.provider) : null;
  const channel = snapshot && (await deps.keys.find(deps.pool, snapshot, row.channelId));
  if (!provider || !channel) return { kind: "failed", why: "its number is gone", final: true };
  const { providerMediaId } = row.media;
  const download = await provider.downloadMedia({ http: deps.http, channel, providerMediaId });
  if (download.kind === "refused") {
    const { reason, retry } = download.failure;
    return { kind: "failed", why: reason, final: retry.kind === "never" };
  }
  return storeBody(deps.store, download.body);
}

/** Whatever a person sends is kept; it is given out as a download and never shown by us. */
async function storeBody(store: BlobStore, body: AsyncIterable<Uint8Array>): Promise<Fetched> {
  const writer = await store.create();
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > BYTES_MAX) break;
      hash.update(chunk);
      await writer.write(chunk);
    }
    if (bytes > BYTES_MAX) {
      await writer.abort();
      return { kind: "failed", why: `the file has more than ${BYTES_MAX} bytes`, final: true };
    }
    const { storageKey } = await writer.commit();
    return { kind: "fetched", storageKey, sha256: hash.digest("hex"), bytes };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

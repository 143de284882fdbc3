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
import { type Database, withTransaction } from "../storage/connect.ts";
import { insertEvents } from "../storage/events.ts";
import {
  claimFetches,
  type FetchEnd,
  findInboundFile,
  type InboundFileRow,
  type InboundMediaJson,
  storeFetched,
} from "../storage/inbound-files.ts";
import { findWaitingChannels, type WaitingChannel } from "../storage/submitting.ts";
import { FILE_HEAD_BYTES, judgeFileType } from "./judge-file-type.ts";

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

/** Files that are fetched at once, and those of one account: who has thousands, or slow ones, takes half of the places. */
const FETCHES_MAX = 16;
const OWN_FETCHES_MAX = 8;
/** Files that end in so long are followed by others together. */
const REST_MS = 50;
const LEASE_MS = 300_000;
/** A file that trickles is given up for now before another process takes it. */
const FETCH_MS_MAX = 240_000;
const TRIES_MAX = 8;
const BYTES_MAX = 100 * 1024 * 1024;

/** Builds the lane and the finder. */
export function createInboundFiles(deps: InboundFilesDeps): InboundFiles {
  return {
    lane: createFetchLane(deps),
    async find(of) {
      if (!isUuid(of.accountId) || !isUuid(of.messageId)) return null;
      const row = await findInboundFile(deps.pool, of);
      if (!row || row.media.storageKey !== null || row.media.error !== null) return row;
      await fetchFile(deps, row);
      return findInboundFile(deps.pool, of);
    },
  };
}

/** Every number in turn; a file that is slow keeps a place and nobody else's files. */
function createFetchLane(deps: InboundFilesDeps): Lane {
  const underWay = new Map<string, number>();
  const open = new Set<Promise<void>>();
  let turn = 0;

  const track = (row: InboundFileRow) => {
    const { accountId, id: messageId } = row;
    underWay.set(accountId, (underWay.get(accountId) ?? 0) + 1);
    const done = fetchFile(deps, row)
      .catch((error: unknown) => deps.logger.error({ err: error, messageId }, "fetch.lease_kept"))
      .finally(() => {
        const left = (underWay.get(accountId) ?? 1) - 1;
        if (left > 0) underWay.set(accountId, left);
        else underWay.delete(accountId);
        open.delete(done);
        lane.kick();
      });
    open.add(done);
  };
  const takeFrom = async (channel: WaitingChannel) => {
    const own = underWay.get(channel.accountId) ?? 0;
    const countMax = Math.min(FETCHES_MAX - open.size, OWN_FETCHES_MAX - own);
    if (countMax <= 0) return;
    const nowMs = deps.clock.now();
    const claim = { now: new Date(nowMs), leaseUntil: new Date(nowMs + LEASE_MS), countMax };
    for (const row of await claimFetches(deps.pool, channel, claim)) track(row);
  };
  const lane = createLane({
    name: "fetch",
    intervalMs: deps.intervalMs,
    restMs: REST_MS,
    logger: deps.logger,
    async round() {
      if (open.size >= FETCHES_MAX) return false;
      const waiting = await findWaitingChannels(deps.pool, "fetching");
      turn = (turn + 1) % Math.max(1, waiting.length);
      for (const channel of [...waiting.slice(turn), ...waiting.slice(0, turn)]) {
        await takeFrom(channel);
      }
      return false;
    },
  });
  return {
    ...lane,
    async stop() {
      await lane.stop();
      await Promise.all(open);
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
    const event = { kind: "file_failed" as const, data: { reason: outcome.why } };
    if (givenUp) await end(deps, { row, media, file: null, nowMs, event });
    else await storeFetched(deps.pool, { row, media, again, file: null });
    return;
  }
  const { storageKey, bytes, sha256 } = outcome;
  // From now on its hash is the one of what is kept here, in hex.
  const media = { ...row.media, mime: outcome.mime, storageKey, bytes, sha256 };
  const file = {
    id: deps.ids.next(nowMs),
    sha256,
    mime: outcome.mime,
    name: row.media.name ?? row.media.kind,
    at: new Date(nowMs),
  };
  await end(deps, { row, media, file, nowMs, event: { kind: "file_stored", data: null } });
}

interface End extends Omit<FetchEnd, "again"> {
  nowMs: number;
  event: { kind: "file_stored" | "file_failed"; data: { reason: string } | null };
}

/** That a file is here, or cannot be had, is told in its message's timeline, and to whoever looks at it. */
async function end(deps: InboundFilesDeps, given: End): Promise<void> {
  const { row, media, file, nowMs, event } = given;
  const { accountId, id: messageId, projectId } = row;
  await withTransaction(deps.pool, async (sql) => {
    await storeFetched(sql, { row, media, again: null, file });
    const id = deps.ids.next(nowMs);
    const told = { ...event, at: new Date(nowMs), accountId, id, messageId, projectId };
    await insertEvents(sql, [told]);
  });
}

type Fetched =
  | { kind: "fetched"; storageKey: string; sha256: string; bytes: number; mime: string }
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
  return storeBody(deps.store, row.media, download.body);
}

/** Whatever a person sends is kept; it is given out as a download and never shown by us. */
async function storeBody(
  store: BlobStore,
  said: InboundMediaJson,
  body: AsyncIterable<Uint8Array>,
): Promise<Fetched> {
  const writer = await store.create();
  const hash = createHash("sha256");
  let bytes = 0;
  const head: Uint8Array[] = [];
  let headBytes = 0;
  const endsAtMs = performance.now() + FETCH_MS_MAX;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > BYTES_MAX) break;
      if (performance.now() > endsAtMs) throw new Error("the file took too long");
      hash.update(chunk);
      if (headBytes < FILE_HEAD_BYTES) head.push(chunk);
      headBytes += chunk.length;
      await writer.write(chunk);
    }
    if (bytes > BYTES_MAX) {
      await writer.abort();
      return { kind: "failed", why: `the file has more than ${BYTES_MAX} bytes`, final: true };
    }
    const digest = hash.digest();
    if (!isHashOf(digest, said.sha256)) {
      await writer.abort();
      // Cut or changed on its way: another time it may come whole.
      return {
        kind: "failed",
        why: "the file is not the one that WhatsApp announced",
        final: false,
      };
    }
    const mime = await judgeFileType(Buffer.concat(head), said.mime);
    const { storageKey } = await writer.commit();
    return { kind: "fetched", storageKey, sha256: digest.toString("hex"), bytes, mime };
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/** Meta says a file's hash in base64, some clients have met it in hex; what is neither proves nothing. */
function isHashOf(digest: Buffer, said: string | null): boolean {
  if (said === null) return true;
  const text = said.trim();
  if (/^[0-9a-f]{64}$/iu.test(text)) return digest.toString("hex") === text.toLowerCase();
  const bytes = Buffer.from(text, "base64");
  return bytes.length !== digest.length || bytes.equals(digest);
}

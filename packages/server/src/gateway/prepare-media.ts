import { setTimeout as sleep } from "node:timers/promises";
import { failureReason } from "@recado/contract/failure-codes";
import { tellFileReason } from "@recado/contract/plain/file-reasons";
import type { ChannelKeys } from "../accounts/channel-keys.ts";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import { MEDIA_TYPES, type MediaType } from "../domain/media-kind.ts";
import type { MessageChange } from "../domain/message-status.ts";
import { type Failure, finalFailure } from "../domain/send-outcome.ts";
import type { AddressGuard } from "../platform/address-guard.ts";
import type { LinkSigner } from "../platform/link-signer.ts";
import type { SafeFetch } from "../platform/safe-fetch.ts";
import type { UpstreamHttp } from "../platform/upstream-http.ts";
import type { Provider } from "../providers/provider.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import { withTransaction } from "../storage/connect.ts";
import { insertMedia } from "../storage/media.ts";
import {
  findUploaded,
  lockPreparation,
  releasePrepared,
  type UnpreparedMessage,
  upsertUploaded,
} from "../storage/prepared-media.ts";
import type { StoredMedia } from "./accepted-row.ts";
import { applyChanges } from "./apply-changes.ts";
import type { ClaimDeps } from "./claim.ts";
import { findUse, judgeFile } from "./judge-file.ts";
import { formatMediaName, randomBelow } from "./media-name.ts";
import { createMediaSink, type MediaLimits } from "./media-sink.ts";

/** What making a file ready needs. */
export interface PrepareDeps extends ClaimDeps {
  store: BlobStore;
  fetcher: SafeFetch;
  http: UpstreamHttp;
  keys: ChannelKeys;
  links: LinkSigner;
  guard: AddressGuard;
  limits: MediaLimits;
  /** Where files that cannot be uploaded are fetched from; without a trailing slash. */
  publicUrl(): string;
  provider(name: string): Provider | null;
}

/** A message whose file this process makes ready, as long as its lease lasts. */
export interface Preparation {
  accountId: string;
  channelId: string;
  message: UnpreparedMessage;
  leaseUntilMs: number;
}

type Step<T> = { kind: "done"; value: T } | { kind: "failed"; failure: Failure };

const FETCH_TIMEOUT_MS = 120_000;
const FETCH_TRIES = 3;
const UPLOAD_RESERVE_MS = 3_600_000;
const LINK_LIFE_MS = 7 * 86_400_000;
const UPLOAD_AGAIN_AFTER_MS = 5_000;

/**
 * Fetches and checks a message's file and hands it to the provider, then puts the message back into the
 * queue; or fails it (1005, 1010, 1011, or what the provider says). Everything here is safe to repeat, so
 * a process that dies leaves nothing worse than an upload made twice.
 */
export async function prepareMedia(
  deps: PrepareDeps,
  call: Preparation,
  snapshot: AccountSnapshot,
): Promise<void> {
  const media = call.message.media as StoredMedia;
  const fetched = await fetchOnce(deps, call, media);
  const checked = fetched.kind === "done" ? check(snapshot, call, fetched.value) : fetched;
  const ready =
    checked.kind === "done"
      ? await handOver(deps, call, { snapshot, media: checked.value })
      : checked;
  if (ready.kind === "failed") return refuse(deps, call, ready.failure);
  const nowMs = deps.clock.now();
  await releasePrepared(deps.pool, keyOf(deps, call), {
    media: ready.value,
    dueAt: new Date(nowMs),
  });
}

/** Names the preparation and its lease. */
export function keyOf(deps: Pick<PrepareDeps, "instanceId">, call: Preparation) {
  return {
    accountId: call.accountId,
    id: call.message.id,
    owner: deps.instanceId,
    leaseUntil: new Date(call.leaseUntilMs),
  };
}

/** A file that came with the request is here already; a URL is fetched into the blob store. */
async function fetchOnce(
  deps: PrepareDeps,
  call: Preparation,
  media: StoredMedia,
): Promise<Step<StoredMedia>> {
  if (media.source.kind === "file" || media.file) return { kind: "done", value: media };
  const { url } = media.source;
  for (let attempt = 1; ; attempt += 1) {
    const step = await download(deps, url, { stickers: call.message.source !== "ws" });
    if (step.kind !== "again") {
      if (step.kind === "failed") return step;
      return { kind: "done", value: await keep(deps, call, { media, file: step.value }) };
    }
    if (attempt >= FETCH_TRIES) return fail("customer", "1010", step.why);
    await sleep(1_000 * 3 ** attempt);
  }
}

interface Downloaded {
  storageKey: string;
  sha256: string;
  bytes: number;
  type: MediaType;
}

async function download(
  deps: PrepareDeps,
  url: string,
  takes: { stickers: boolean },
): Promise<Step<Downloaded> | { kind: "again"; why: string }> {
  const limits = { bytesMax: deps.limits.fileBytesMax, timeoutMs: FETCH_TIMEOUT_MS };
  const opening = await deps.fetcher.openGuarded(url, limits);
  if (opening.kind === "too-large") return fail("customer", "1011", "");
  if (opening.kind === "refused") return fail("customer", "1010", opening.why);
  if (opening.kind === "failed") return { kind: "again", why: opening.why };
  if (opening.status !== 200) {
    opening.body.destroy();
    const why = `the URL answered ${opening.status}`;
    return opening.status >= 500 ? { kind: "again", why } : fail("customer", "1010", why);
  }
  const sink = createMediaSink({ ...deps, ...takes });
  try {
    for await (const chunk of opening.body) {
      sink.writeFile(chunk as Buffer);
      await sink.flush();
    }
  } catch (error) {
    await sink.abort();
    const why = error instanceof Error ? error.message : "the download ended early: cut";
    const tooLarge = error instanceof Error && "reason" in error && error.reason === "too-large";
    return tooLarge ? fail("customer", "1011", why) : { kind: "again", why };
  }
  const intake = await sink.end();
  if (intake?.kind === "file") return { kind: "done", value: intake.file };
  if (intake?.kind === "too-large") return fail("customer", "1011", "");
  return fail(
    "customer",
    "1010",
    intake?.kind === "invalid" ? intake.why : "the URL brings no content",
  );
}

/** Takes a fetched file into possession, so that a second try need not fetch it again. */
async function keep(
  deps: PrepareDeps,
  call: Preparation,
  { media, file }: { media: StoredMedia; file: Downloaded },
): Promise<StoredMedia> {
  const kept: StoredMedia = {
    ...media,
    source: { kind: "file", storageKey: file.storageKey },
    file: {
      sha256: file.sha256,
      bytes: file.bytes,
      mime: MEDIA_TYPES[file.type].mime,
      type: file.type,
    },
    name: formatMediaName(media.givenName, file.type, randomBelow),
  };
  const row = {
    account_id: call.accountId,
    id: call.message.id,
    accepted_at: new Date(deps.clock.now()).toISOString(),
    media: kept,
  };
  await insertMedia(deps.pool, [row], deps.ids);
  return kept;
}

function check(
  snapshot: AccountSnapshot,
  call: Preparation,
  media: StoredMedia,
): Step<StoredMedia> {
  const file = media.file;
  if (!file) return fail("us", "1010", "");
  const type = file.type as MediaType;
  const code = judgeFile(snapshot, call.message, { type, bytes: file.bytes });
  return code === null ? { kind: "done", value: media } : fail("customer", code, "");
}

async function handOver(
  deps: PrepareDeps,
  call: Preparation,
  { snapshot, media }: { snapshot: AccountSnapshot; media: StoredMedia },
): Promise<Step<StoredMedia>> {
  const view = snapshot.channels.get(call.channelId);
  const provider = view ? deps.provider(view.provider) : null;
  const channel = await deps.keys.find(deps.pool, snapshot, call.channelId);
  const file = media.file;
  if (!provider || !channel || !file || media.source.kind !== "file") return fail("us", "402", "");
  const { storageKey } = media.source;
  const use = findUse(snapshot, call.message, file.type as MediaType);
  if (provider.mustBeLinked(file.mime, use)) {
    return {
      kind: "done",
      value: { ...media, ready: { link: formatLink(deps, storageKey, media.name) } },
    };
  }
  const key = { ...call, sha256: file.sha256, mime: file.mime };
  const nowMs = deps.clock.now();
  const known = await findUploaded(deps.pool, key, new Date(nowMs + UPLOAD_RESERVE_MS));
  if (known !== null) return { kind: "done", value: { ...media, ready: { id: known } } };
  const upload = await provider.uploadMedia({
    http: deps.http,
    channel,
    open: () => deps.store.open(storageKey),
    bytes: file.bytes,
    mime: file.mime,
    name: media.name,
  });
  if (upload.kind === "refused") return { kind: "failed", failure: upload.failure };
  await upsertUploaded(deps.pool, key, upload);
  return { kind: "done", value: { ...media, ready: { id: upload.providerMediaId } } };
}

/** `/media/<key>/<seal>/<name>`: one file, for a week, for whoever holds the link. */
export function formatLink(
  deps: Pick<PrepareDeps, "links" | "clock" | "publicUrl">,
  storageKey: string,
  name: string,
): string {
  const seal = deps.links.sign(storageKey, deps.clock.now() + LINK_LIFE_MS);
  return `${deps.publicUrl()}/media/${storageKey}/${seal}/${encodeURIComponent(name)}`;
}

async function refuse(deps: PrepareDeps, call: Preparation, failure: Failure): Promise<void> {
  const nowMs = deps.clock.now();
  const dueAtMs = nowMs + UPLOAD_AGAIN_AFTER_MS;
  const retry = failure.retry.kind !== "never" && dueAtMs < call.message.deadlineAtMs;
  const { code, reason } = failure;
  const change: MessageChange = retry
    ? { kind: "retry", from: "preparing", attempt: null, atMs: nowMs, dueAtMs, code, reason }
    : { kind: "failed", atMs: nowMs, code, reason };
  await withTransaction(deps.pool, async (sql) => {
    // Another may have taken over meanwhile, and may be sending it by now.
    if (!(await lockPreparation(sql, keyOf(deps, call)))) return;
    const changes = [{ messageId: call.message.id, change }];
    const applied = await applyChanges(sql, deps, { accountId: call.accountId, changes, nowMs });
    await Promise.all(applied.finish());
  });
}

function fail(
  blame: Failure["blame"],
  code: string,
  why: string,
): { kind: "failed"; failure: Failure } {
  const words = tellFileReason(why);
  const reason = failureReason(code, words);
  const whole = words === "" || words === reason ? reason : `${reason}: ${words}`;
  return { kind: "failed", failure: finalFailure(blame, code, whole) };
}

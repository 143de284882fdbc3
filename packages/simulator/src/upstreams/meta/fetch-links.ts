import { Readable } from "node:stream";
import { Agent, request } from "undici";
import type { FetchRow } from "../../store/fetches.ts";
import { type MediaRow, toMediaOnTelephone } from "../../store/media.ts";
import { findMagicRole } from "../../telephones/magic.ts";
import { planLife } from "../../telephones/plan-life.ts";
import { findUnfitness } from "./check-attachment.ts";
import { bareMime, contradicts, mediaKinds } from "./media-kinds.ts";
import type { MetaParts } from "./meta-parts.ts";

/** Fetches linked files after acceptance, as the real service does (fact sheet 1.4), until closed. */
export interface LinkFetching {
  /** Something was put into the table of fetches. */
  wake(): void;
  close(): Promise<void>;
}

const atOnceMax = 8;
const timeoutMs = 20_000;
const redirectsMax = 3;

type Fetched = { row: MediaRow } | { failure: LinkFailure };

interface LinkFailure {
  code: number;
  details: string;
  isTooLarge: boolean;
}

/** Begins with what a kill left unfetched. */
export function startFetchingLinks(parts: MetaParts): LinkFetching {
  const agent = new Agent({ connections: 4, connectTimeout: 5_000 });
  const abort = new AbortController();
  const running = new Map<number, Promise<void>>();
  let closed = false;

  function wake(): void {
    if (closed) return;
    for (const row of parts.events.listFetches(atOnceMax + running.size)) {
      if (running.size >= atOnceMax) return;
      if (running.has(row.message_seq)) continue;
      const done = fetchOne(row)
        .catch((error: unknown) => {
          if (!closed) parts.log.error({ err: error }, "link.failed");
        })
        .finally(() => {
          running.delete(row.message_seq);
          wake();
        });
      running.set(row.message_seq, done);
    }
  }

  async function fetchOne(row: FetchRow): Promise<void> {
    const fetched = await fetchLink(parts, row, { agent, signal: abort.signal });
    if (abort.signal.aborted) return;
    await settle(parts, row, fetched);
  }

  setImmediate(wake);
  return {
    wake,
    async close() {
      closed = true;
      abort.abort();
      await Promise.allSettled(running.values());
      await agent.destroy();
    },
  };
}

async function fetchLink(
  parts: MetaParts,
  fetch: FetchRow,
  line: { agent: Agent; signal: AbortSignal },
): Promise<Fetched> {
  const cached = parts.media.findByLink(fetch.url, parts.clock());
  if (cached !== undefined) return judge(fetch, cached);
  try {
    return await download(parts, fetch, line);
  } catch (error) {
    const cause = error instanceof Error ? error.message : "unknown";
    return fail(`Downloading media from weblink failed: ${cause}`);
  }
}

async function download(
  parts: MetaParts,
  fetch: FetchRow,
  line: { agent: Agent; signal: AbortSignal },
): Promise<Fetched> {
  let url = fetch.url;
  for (let hops = 0; hops <= redirectsMax; hops++) {
    if (!/^https?:\/\//i.test(url)) break;
    const answer = await request(url, {
      dispatcher: line.agent,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: line.signal,
      headers: { "user-agent": "facebookexternalua" },
    });
    const { location } = answer.headers;
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === "string") {
      await answer.body.dump();
      url = new URL(location, url).href;
      continue;
    }
    if (answer.statusCode !== 200) {
      await answer.body.dump();
      return fail(
        `Downloading media from weblink failed with http code ${answer.statusCode}, status message ${answer.statusText}`,
      );
    }
    const declared = bareMime(String(answer.headers["content-type"] ?? ""));
    const { bytesMax } = mediaKinds[fetch.kind];
    const file = await parts.mediaFiles.write(Readable.from(answer.body), bytesMax);
    if (file === null) return fail(`Media file is over the maximum of ${bytesMax} bytes`, true);
    const isVague = declared === "" || /octet-stream$/.test(declared);
    const mime = isVague ? (file.detectedMime ?? "application/octet-stream") : declared;
    const row: MediaRow = {
      id: file.id,
      number_id: fetch.number_id,
      mime,
      bytes: file.bytes,
      sha256: file.sha256,
      name: null,
      source_url: fetch.url,
      origin: "link",
      created_at: parts.clock(),
    };
    await parts.store.write(() => parts.media.insert(row));
    if (contradicts(mime, file.detectedMime)) {
      return fail(`Media content does not match its type ${mime}`);
    }
    return judge(fetch, row);
  }
  return fail("Downloading media from weblink failed: too many redirects");
}

function judge(fetch: FetchRow, row: MediaRow): Fetched {
  const unfit = findUnfitness(fetch.kind, { ...row, byLink: true });
  const isTooLarge = row.bytes > mediaKinds[fetch.kind].bytesMax;
  return unfit === undefined ? { row } : { failure: { ...unfit, isTooLarge } };
}

function fail(details: string, isTooLarge = false): Fetched {
  return { failure: { code: 131053, details, isTooLarge } };
}

/** Gupshup looks at the file itself and has its own codes for what it finds (its fact sheet, 7.2). */
function codeAt(provider: string | undefined, { code, isTooLarge }: LinkFailure): number {
  if (provider !== "gupshup") return code;
  return isTooLarge ? 1011 : 1010;
}

async function settle(parts: MetaParts, fetch: FetchRow, fetched: Fetched): Promise<void> {
  const now = parts.clock();
  const { statusDelayMs, reorder } = parts.behaviour.current;
  const found = "failure" in fetched ? fetched.failure : undefined;
  const { provider } = parts.numbers.find(fetch.number_id) ?? {};
  const steps = planLife({
    role: findMagicRole(fetch.mobile),
    failure: found && { code: codeAt(provider, found), details: found.details },
    isReaction: false,
    statusDelayMs,
    // Whether it fails by chance was drawn at acceptance.
    failRate: 0,
    reorder,
    random: parts.random,
  });
  await parts.store.write(() => {
    // A reset meanwhile has forgotten the message.
    if (!parts.events.removeFetch(fetch.message_seq)) return;
    if ("row" in fetched) {
      const media = toMediaOnTelephone(fetched.row, fetch.kind, fetch.name);
      parts.messages.setMedia(fetch.message_seq, media, fetched.row.id);
    }
    parts.events.insertSteps(fetch.message_seq, steps, now);
  });
  for (const step of steps) parts.expectStep(now + step.dueInMs);
  parts.changed();
}

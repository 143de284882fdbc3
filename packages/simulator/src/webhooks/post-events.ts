import type { FastifyBaseLogger } from "fastify";
import { Agent, request } from "undici";
import type { BehaviourKeeper } from "../behaviour.ts";
import type { Clock } from "../clock.ts";
import { type Events, lanes, type OutboxRow, type PostRow } from "../store/events.ts";
import type { Messages } from "../store/messages.ts";
import type { Numbers, OfficialNumber } from "../store/numbers.ts";
import type { Store } from "../store/open-store.ts";
import { formatWebhookBody, type NumberEvents } from "./format-body.ts";
import { signMetaBody } from "./meta-json.ts";
import { retryGapMs, retryWindowMs } from "./retry-gaps.ts";

/** What posting needs. */
export interface PostingParts {
  store: Store;
  events: Events;
  messages: Messages;
  numbers: Numbers;
  behaviour: BehaviourKeeper;
  clock: Clock;
  log: FastifyBaseLogger;
  /** Events in one POST at most. */
  eventsPerPostMax: number;
}

/** Posts what the outbox holds to the callbacks, until closed. */
export interface Posting {
  /** Something was put into the outbox, or webhooks were switched on. */
  wake(): void;
  /** What is under way when the simulator is reset must leave nothing behind. */
  forget(): void;
  /** Lets posts under way finish for half a second, then cuts them; they are sent again after a restart. */
  close(): Promise<void>;
}

const gatherMs = 5;
const pollMs = 250;
const answerTimeoutMs = 10_000;
const retriesAtOnceMax = 8;
const closeGraceMs = 500;

interface Outgoing {
  number: OfficialNumber;
  body: string;
}

type Post = (outgoing: Outgoing) => Promise<string | null>;

/**
 * Starts posting. One POST is under way for each callback and lane; an event leaves the outbox in the transaction
 * that notes its outcome, so a kill repeats events and never loses one (as the real service does, 3.2).
 */
export function startPosting(parts: PostingParts): Posting {
  const agent = new Agent({ connections: 16, pipelining: 1, keepAliveTimeout: 4_000 });
  const abort = new AbortController();
  const post = createPost(agent, abort.signal);
  const alarm = createAlarm(tick);
  const failing = new Set<string>();
  const work = createWork((error) => {
    if (error !== undefined) parts.log.error({ err: error }, "webhook.lost");
    alarm.wakeIn(gatherMs);
  });
  let epoch = 0;

  function tick(): void {
    if (!parts.behaviour.current.webhooks) return;
    for (const group of groupByCallback(parts.numbers.list())) {
      for (let lane = 0; lane < lanes; lane++) postLane(group, lane);
    }
    repeatPosts();
    if (parts.events.hasOutbox()) alarm.wakeIn(pollMs);
    const nextPost = parts.events.findNextPostDue();
    if (nextPost !== null) alarm.wakeIn(Math.max(pollMs, nextPost - parts.clock()));
  }

  function postLane(group: OfficialNumber[], lane: number): void {
    const first = group[0];
    if (first === undefined) return;
    const key = `${keyOf(first)} ${lane}`;
    if (work.has(key)) return;
    const events = takeDue(parts, group, lane);
    if (events.length === 0) return;
    const rows = events.flatMap((one) => one.rows);
    // Gupshup posts each event by itself (its fact sheet, 4.1), as it stands in the outbox.
    const isWhole = first.provider === "gupshup";
    const body = isWhole ? (rows[0]?.json ?? "") : formatWebhookBody(events, parts.clock());
    const startedIn = epoch;
    work.run(key, async () => {
      const failure = await post({ number: first, body });
      if (abort.signal.aborted) return;
      await parts.store.write(() => {
        parts.events.removeOutbox(rows);
        if (startedIn !== epoch) return;
        if (failure === null) markTaken(parts, rows);
        else keepForRetry(parts, { numberId: first.id, body, rows });
      });
      await noteOutcome(parts, failing, { callbackUrl: first.effectiveCallbackUrl, failure });
    });
  }

  function repeatPosts(): void {
    const now = parts.clock();
    for (const row of parts.events.listDuePosts(now, retriesAtOnceMax + work.size())) {
      const key = `post ${row.seq}`;
      if (work.has(key) || work.size() >= retriesAtOnceMax + lanes) continue;
      work.run(key, () => repeatPost(parts, failing, { row, post, signal: abort.signal }));
    }
  }

  // What a kill left behind is due from the first moment, without the gaps of before.
  parts.events.hastenPosts(parts.clock());
  alarm.wakeIn(gatherMs);
  return {
    wake: () => alarm.wakeIn(gatherMs),
    forget() {
      epoch++;
    },
    async close() {
      alarm.close();
      const grace = new Promise((resolve) => setTimeout(resolve, closeGraceMs).unref());
      await Promise.race([work.settled(), grace]);
      abort.abort();
      await work.settled();
      await agent.destroy();
    },
  };
}

async function repeatPost(
  parts: PostingParts,
  failing: Set<string>,
  { row, post, signal }: { row: PostRow; post: Post; signal: AbortSignal },
): Promise<void> {
  const number = parts.numbers.find(row.number_id);
  const failure = number === undefined ? "unknown number" : await post({ number, body: row.body });
  if (signal.aborted) return;
  await parts.store.write(() => settleRepeat(parts, row, failure));
  const callbackUrl = number?.effectiveCallbackUrl ?? "";
  await noteOutcome(parts, failing, { callbackUrl, failure });
}

/** Calls `ring` at the earliest time that was asked for. */
function createAlarm(ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let closed = false;
  return {
    wakeIn(delayMs: number): void {
      const wanted = performance.now() + delayMs;
      if (closed || wanted >= dueAt) return;
      clearTimeout(timer);
      dueAt = wanted;
      timer = setTimeout(() => {
        dueAt = Number.POSITIVE_INFINITY;
        ring();
      }, delayMs);
    },
    close(): void {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** Work under way, by key; `done` is told of each end, with what was thrown. */
function createWork(done: (error: unknown) => void) {
  const running = new Map<string, Promise<void>>();
  return {
    has: (key: string) => running.has(key),
    size: () => running.size,
    settled: () => Promise.allSettled([...running.values()]),
    run(key: string, work: () => Promise<void>): void {
      const ended = (error?: unknown) => {
        running.delete(key);
        done(error);
      };
      running.set(
        key,
        work().then(() => ended(), ended),
      );
    },
  };
}

/** Posts one body; null when it was answered as the provider wants, else why not. */
function createPost(agent: Agent, signal: AbortSignal): Post {
  return async ({ number, body }) => {
    try {
      const answer = await request(number.effectiveCallbackUrl, {
        method: "POST",
        headers: headersOf(number, body),
        body,
        dispatcher: agent,
        headersTimeout: answerTimeoutMs,
        bodyTimeout: answerTimeoutMs,
        signal,
      });
      await answer.body.dump();
      return isTaken(number, answer.statusCode) ? null : `HTTP ${answer.statusCode}`;
    } catch (error) {
      if (!(error instanceof Error)) return "unknown";
      return (error as NodeJS.ErrnoException).code ?? error.name;
    }
  };
}

/** Meta signs; Gupshup does not, and adds the headers that it was told to. */
function headersOf(number: OfficialNumber, body: string): Record<string, string> {
  if (number.provider === "gupshup") {
    return {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Gupshup",
      ...number.callbackHeaders,
    };
  }
  return {
    "content-type": "application/json",
    "user-agent": "facebookexternalua",
    "x-hub-signature-256": signMetaBody(body, number.appSecret),
  };
}

/** Meta wants 200, Gupshup any 2xx. */
function isTaken(number: OfficialNumber, status: number): boolean {
  return number.provider === "gupshup" ? status >= 200 && status < 300 : status === 200;
}

function keyOf(number: OfficialNumber): string {
  const own = number.provider === "gupshup" ? number.id : number.appSecret;
  return `${number.effectiveCallbackUrl} ${number.provider} ${own}`;
}

function groupByCallback(numbers: OfficialNumber[]): OfficialNumber[][] {
  const groups = new Map<string, OfficialNumber[]>();
  for (const number of numbers) {
    const key = keyOf(number);
    groups.set(key, [...(groups.get(key) ?? []), number]);
  }
  return [...groups.values()];
}

function takeDue(parts: PostingParts, group: OfficialNumber[], lane: number): NumberEvents[] {
  const now = parts.clock();
  const taken: NumberEvents[] = [];
  let room = group[0]?.provider === "gupshup" ? 1 : parts.eventsPerPostMax;
  for (const number of group) {
    if (room <= 0) break;
    const rows = parts.events.listDueOutbox({ numberId: number.id, lane, now, limit: room });
    if (rows.length === 0) continue;
    taken.push({ number, rows });
    room -= rows.length;
  }
  return taken;
}

/**
 * Says when a callback begins to refuse and when it takes again, and nothing in between. When it takes again, what
 * waits is posted at once: the real service would let its gaps run out, and a test would wait with it.
 */
async function noteOutcome(
  { log, store, events, clock }: PostingParts,
  failing: Set<string>,
  { callbackUrl, failure }: { callbackUrl: string; failure: string | null },
): Promise<void> {
  // No more than the place: the path of a callback may be the secret that protects it.
  const { origin } = new URL(callbackUrl);
  if (failure === null && failing.delete(callbackUrl)) {
    log.info({ origin }, "webhooks.taken-again");
    await store.write(() => events.hastenPosts(clock()));
  } else if (failure !== null && !failing.has(callbackUrl)) {
    failing.add(callbackUrl);
    log.warn({ origin, failure }, "webhooks.refused");
  }
}

/** The business has it: the person sees the second tick. */
function markTaken(parts: PostingParts, rows: Pick<OutboxRow, "message_seq">[]): void {
  for (const { message_seq } of rows) {
    const row = message_seq === null ? undefined : parts.messages.findBySeq(message_seq);
    if (row !== undefined) parts.messages.advance(row, "delivered");
  }
}

function keepForRetry(
  parts: PostingParts,
  failed: { numberId: string; body: string; rows: OutboxRow[] },
): void {
  const now = parts.clock();
  const seqs = failed.rows.flatMap((row) => (row.message_seq === null ? [] : [row.message_seq]));
  parts.events.insertPost({
    number_id: failed.numberId,
    body: failed.body,
    due_at: now + retryGapMs(1),
    attempts: 1,
    first_at: now,
    message_seqs: JSON.stringify(seqs),
  });
}

function settleRepeat(parts: PostingParts, row: PostRow, failure: string | null): void {
  const now = parts.clock();
  if (failure === null) {
    const seqs = JSON.parse(row.message_seqs) as number[];
    markTaken(
      parts,
      seqs.map((message_seq) => ({ message_seq })),
    );
    parts.events.removePost(row.seq);
  } else if (now - row.first_at > retryWindowMs) {
    parts.events.removePost(row.seq);
  } else {
    parts.events.postponePost(row.seq, now + retryGapMs(row.attempts + 1));
  }
}

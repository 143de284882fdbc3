import { EVENT_NAMES, type EventFilter, type EventName } from "@recado/contract/webhook-payloads";
import type { Directory } from "../accounts/directory.ts";
import { wantsKind } from "../domain/event-filter.ts";
import { isMessageNews, makeMessageBody } from "../domain/message-news.ts";
import { AppError } from "../platform/app-error.ts";
import type { Database } from "../storage/connect.ts";
import {
  findLogEnds,
  findOldestSeq,
  type LoggedEvent,
  listLoggedEvents,
} from "../storage/event-log.ts";
import type { EventWaits } from "./event-waits.ts";

/*
 * An account's events for whoever asks, instead of being posted to. They are read from the log that every
 * change writes anyway, so that nothing is stored for it and nothing costs more when nobody pulls. Numbers
 * are given under a lock until the commit: once the counter says n, every event up to n is there to be read,
 * and none will ever come before it.
 */

/** What pulling needs. */
export interface PullDeps {
  pool: Database;
  directory: Directory;
  waits: EventWaits;
}

/** What somebody asks for. Whoever calls has proved its right to account and project. */
export interface PullWish {
  accountId: string;
  /** Null: all, and what concerns no project. */
  projectId: string | null;
  /** The cursor of the answer before; `latest`: only what is to come; absent: from the oldest that is kept. */
  after: string | undefined;
  /** Null: the five of messages. */
  types: readonly EventFilter[] | null;
  limit: number;
  /** When nothing is there, wait so long for it. */
  waitMs: number;
  /** Gives up waiting. */
  signal: AbortSignal;
}

/** An event as it is pulled. */
export interface PulledEvent {
  id: string;
  seq: bigint;
  type: EventName;
  at: Date;
  projectId: string | null;
  messageId: string | null;
  /** What the webhook of this event carries. */
  body: Record<string, unknown>;
}

/** Events in order, and where to go on. */
export interface PulledPage {
  items: PulledEvent[];
  cursor: string;
  /** More is there already. */
  hasMore: boolean;
}

/** Numbers that one statement goes through: most events of a log are not what is asked for. */
const SLICE = 2_000n;
/** Statements of one look. */
const SLICES_MAX = 10;

/**
 * The next events of an account after a cursor, oldest first, at once or as soon as there are any. Gives
 * every event again until the caller comes with a later cursor. Refuses with `invalid_request` a cursor
 * that is not the account's, and with `cursor_gone` one whose next events are kept no longer.
 */
export async function pullEvents(deps: PullDeps, wish: PullWish): Promise<PulledPage> {
  const { accountId, waitMs, signal } = wish;
  const endMs = performance.now() + waitMs;
  let place = await findPlace(deps, wish);
  for (;;) {
    const page = await readOn(deps, wish, place);
    const leftMs = endMs - performance.now();
    const isDone = page.items.length > 0 || page.hasMore || leftMs <= 0 || signal.aborted;
    if (isDone) return sealPage(accountId, page);
    place = page.seq;
    const goOn = await deps.waits.wait({ accountId, after: place, forMs: leftMs, signal });
    if (!goOn) return sealPage(accountId, page);
  }
}

async function findPlace(deps: PullDeps, { accountId, after }: PullWish): Promise<bigint> {
  const seq = after === undefined || after === "latest" ? 0n : openCursor(accountId, after);
  const { head, continues } = await findLogEnds(deps.pool, { accountId, after: seq });
  if (after === "latest") return head;
  // Behind the end of the log: the database was set back to an earlier day.
  if (seq > head) throw gone("The log is shorter than this cursor says: it was restored.");
  if (continues) return seq;
  const oldest = (await findOldestSeq(deps.pool, accountId)) ?? head + 1n;
  if (after === undefined) return oldest - 1n;
  // A single event that was erased leaves a gap; only what lies before all that is kept is gone.
  if (oldest > seq + 1n) throw gone("The events after this cursor are kept no longer.");
  return seq;
}

/** Events, and the number of the last one that was gone through. */
type ReadPage = Pick<PulledPage, "items" | "hasMore"> & { seq: bigint };

async function readOn(deps: PullDeps, wish: PullWish, place: bigint): Promise<ReadPage> {
  const { accountId, projectId, limit } = wish;
  const types = EVENT_NAMES.filter((name) => wantsKind(wish.types, name));
  const { head } = await findLogEnds(deps.pool, { accountId, after: place });
  let seq = place;
  for (let slice = 0; slice < SLICES_MAX && seq < head; slice += 1) {
    const to = seq + SLICE < head ? seq + SLICE : head;
    const asked = { accountId, projectId, types, after: seq, to, max: limit };
    const events = await listLoggedEvents(deps.pool, asked);
    const last = events.at(-1);
    seq = events.length === limit && last ? last.seq : to;
    if (events.length === 0) continue;
    return { items: await formatEvents(deps, accountId, events), seq, hasMore: seq < head };
  }
  return { items: [], seq, hasMore: seq < head };
}

async function formatEvents(
  deps: PullDeps,
  accountId: string,
  events: readonly LoggedEvent[],
): Promise<PulledEvent[]> {
  const snapshot = (await deps.directory.snapshots(deps.pool, [accountId])).get(accountId);
  return events.flatMap((event) => {
    const timeZone = snapshot?.projects.get(event.projectId ?? "")?.timeZone;
    const body = formatBody(event, timeZone);
    if (!body) return [];
    const { id, seq, at, projectId, messageId } = event;
    return [{ id, seq, type: event.type as EventName, at, projectId, messageId, body }];
  });
}

/** Null for what was erased. */
function formatBody(
  event: LoggedEvent,
  timeZone: string | undefined,
): Record<string, unknown> | null {
  const { type, data, at, messageId } = event;
  const told = data?.told as { body: Record<string, unknown> } | undefined;
  if (told) return told.body;
  if (type.includes(".")) return { type, ...data };
  if (!isMessageNews(type) || messageId === null) return null;
  const text = (key: string) => (typeof data?.[key] === "string" ? data[key] : undefined);
  const whatsappId = text("whatsappId") ?? event.providerMessageId ?? "";
  const failure = { code: text("code"), reason: text("reason") };
  return { ...makeMessageBody(type, { messageId, whatsappId, at, timeZone, ...failure }) };
}

function gone(why: string): AppError {
  return new AppError(
    "cursor_gone",
    `${why} Compare what you have with GET /v1/messages, then begin without after (the oldest that is kept) or with after=latest (what is to come).`,
  );
}

const CURSOR = /^(?<accountId>[0-9a-f-]{36}):(?<seq>\d{1,18})$/u;

function sealPage(accountId: string, { items, hasMore, seq }: ReadPage): PulledPage {
  return { items, hasMore, cursor: Buffer.from(`${accountId}:${seq}`).toString("base64url") };
}

function openCursor(accountId: string, cursor: string): bigint {
  const parts = CURSOR.exec(Buffer.from(cursor, "base64url").toString("latin1"))?.groups;
  if (parts?.seq !== undefined && parts.accountId === accountId) return BigInt(parts.seq);
  const message = "is not a cursor that this list gave; begin without one";
  throw new AppError("invalid_request", {
    message: `after: ${message}`,
    errors: [{ path: "after", message }],
  });
}

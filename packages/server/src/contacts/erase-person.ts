import type { Logger } from "pino";
import { redactPost } from "../domain/redact-post.ts";
import { AppError } from "../platform/app-error.ts";
import type { BlobStore } from "../storage/blob-store.ts";
import { withTransaction } from "../storage/connect.ts";
import { deleteAliases } from "../storage/contact-addresses.ts";
import { eraseContacts, lockBelated } from "../storage/erase-contact.ts";
import {
  type JournalSource,
  listJournalSources,
  lockSuspectPosts,
  updateJournalBody,
} from "../storage/erase-journal.ts";
import {
  blankDeliveries,
  blankMessages,
  countUnderWay,
  deleteFiles,
  listWaiting,
  lockErasable,
} from "../storage/erase-messages.ts";
import {
  claimErasure,
  type ErasureProgress,
  type ErasureRow,
  findErasureOf,
  finishErasure,
  insertErasure,
  lockErasures,
  updateErasure,
} from "../storage/erasures.ts";
import { makeContactEvent, tellContactEvents } from "./contact-events.ts";
import type { ContactDeps } from "./contacts.ts";
import { findPerson, type PersonChoice } from "./find-person.ts";

/*
 * Erasing one person's data. The request empties the contacts in one transaction and writes the erasure down; a worker then
 * goes through messages and posts in batches. Every batch is a transaction that also says how far it has come, so that a
 * process that dies is followed by another, and what was done twice is done once. Messages that have not left are taken back;
 * those under way are waited for. Money is not touched: it hangs on the messages, which stay without their person.
 */

/** Erasing one person's data, and how far it has come. */
export type Erasure = ErasureRow;

/** What erasing needs besides. */
export interface EraseDeps extends ContactDeps {
  store: BlobStore;
  logger: Logger;
  /** Takes back a message that has not left; refuses with `not_cancellable` when it has. */
  cancel(message: { accountId: string; id: string }): Promise<void>;
}

const LEASE_MS = 30_000;
/** How long one turn works before others get theirs. */
const TURN_MS = 20_000;
const WAIT_MS = 5_000;
const MESSAGES_BATCH = 200;
const POSTS_BATCH = 500;
const LOWEST = "00000000-0000-0000-0000-000000000000";

/**
 * Begins to erase a person's data; what is under way already is answered as it stands. Contacts are empty when this answers;
 * the rest follows. Safe to repeat.
 */
export async function requestErasure(
  deps: ContactDeps,
  request: { accountId: string; who: PersonChoice; by: string },
): Promise<Erasure> {
  const { accountId, who, by } = request;
  const nowMs = deps.clock.now();
  const at = new Date(nowMs);
  return withTransaction(deps.pool, async (sql) => {
    await lockErasures(sql, accountId);
    const { contactIds, addresses } = await findPerson(sql, accountId, who);
    const known = await findErasureOf(sql, accountId, {
      addresses,
      contactId: addresses.length === 0 ? (contactIds[0] ?? null) : null,
    });
    if (known) return known;
    await eraseContacts(sql, accountId, { contactIds, addresses, at });
    await deleteAliases(sql, accountId, addresses);
    const id = deps.ids.next(nowMs);
    const progress: ErasureProgress = { counts: {}, journal: {} };
    const erasure = {
      ...{ accountId, id, state: "running" as const, contactIds, addresses, progress },
      ...{ requestedAt: at, finishedAt: null },
    };
    await insertErasure(sql, { ...erasure, requestedBy: by });
    const data = { erasureId: id, contactIds, by };
    const facts = { accountId, contactIds, projectId: null, atMs: nowMs, data };
    const event = makeContactEvent(deps.ids, { ...facts, kind: "person.erasure_requested" });
    await tellContactEvents(sql, [event]);
    return erasure;
  });
}

/** Works at one erasure that is due, for a while; false when none is. */
export async function continueErasure(deps: EraseDeps): Promise<boolean> {
  const nowMs = deps.clock.now();
  const lease = { now: new Date(nowMs), until: new Date(nowMs + LEASE_MS) };
  const erasure = await claimErasure(deps.pool, lease);
  if (!erasure) return false;
  const turn = { erasure, untilMs: nowMs + TURN_MS };
  const isEmpty = erasure.addresses.length === 0;
  const outcome = isEmpty ? "done" : ((await eraseAll(deps, turn)) ?? "done");
  if (outcome === "done") await finish(deps, erasure);
  else {
    const dueAt = new Date(deps.clock.now() + (outcome === "wait" ? WAIT_MS : 0));
    await updateErasure(deps.pool, erasure, dueAt);
  }
  return true;
}

/** `more`: the turn is over · `wait`: something is under way that must end first · null: all is done. */
type Interruption = "more" | "wait" | null;

interface Turn {
  erasure: ErasureRow;
  untilMs: number;
}

async function eraseAll(deps: EraseDeps, turn: Turn): Promise<Interruption> {
  const { erasure } = turn;
  await takeBackWaiting(deps, erasure);
  if (await eraseAllMessages(deps, turn)) return "more";
  for (const source of await listJournalSources(deps.pool, erasure.accountId)) {
    const interruption = await erasePosts(deps, turn, source);
    if (interruption !== null) return interruption;
  }
  // A post that was read meanwhile may have brought a message; now that all are read, none can.
  if (await eraseAllMessages(deps, turn)) return "more";
  return (await countUnderWay(deps.pool, formatSpan(erasure))) > 0 ? "wait" : null;
}

/** True when the turn was over before the messages were. */
async function eraseAllMessages(deps: EraseDeps, { erasure, untilMs }: Turn): Promise<boolean> {
  while (await eraseMessages(deps, erasure)) {
    if (deps.clock.now() > untilMs) return true;
  }
  return false;
}

async function takeBackWaiting(deps: EraseDeps, erasure: ErasureRow): Promise<void> {
  const { accountId } = erasure;
  for (const id of await listWaiting(deps.pool, formatSpan(erasure), MESSAGES_BATCH)) {
    await deps.cancel({ accountId, id }).catch((error: unknown) => {
      // It left at this very moment: it is waited for like any other.
      if (!(error instanceof AppError)) throw error;
    });
  }
}

/** One batch; false when there was nothing to do. */
async function eraseMessages(deps: EraseDeps, erasure: ErasureRow): Promise<boolean> {
  const { accountId, progress } = erasure;
  const span = formatSpan(erasure);
  const at = new Date(deps.clock.now());
  const done = await withTransaction(deps.pool, async (sql) => {
    const rows = await lockErasable(sql, span, MESSAGES_BATCH);
    if (rows.length === 0) return null;
    const messageIds = rows.map((row) => row.id);
    const storageKeys = rows.flatMap((row) => row.storageKey ?? []);
    const orphans = await deleteFiles(sql, accountId, { messageIds, storageKeys });
    const deliveries = await blankDeliveries(sql, accountId, { messageIds, at });
    await blankMessages(sql, span, messageIds);
    const counts = addCounts(progress.counts, {
      messages: rows.length,
      files: orphans.length,
      deliveries,
    });
    const next = { ...progress, counts };
    await updateErasure(sql, { ...erasure, progress: next }, leaseFrom(deps));
    return { orphans, next };
  });
  if (done === null) return false;
  erasure.progress = done.next;
  // After the commit: should the process die here, the sweep removes what nobody owns.
  for (const key of done.orphans) await deps.store.delete(key);
  return true;
}

/** Takes the person's items out of what providers posted, page by page. */
async function erasePosts(
  deps: EraseDeps,
  { erasure, untilMs }: Turn,
  source: JournalSource,
): Promise<Interruption> {
  const { addresses, requestedAt } = erasure;
  for (;;) {
    const { progress } = erasure;
    const after = progress.journal[source.ownerId] ?? LOWEST;
    const span = {
      source,
      after,
      beforeMs: requestedAt.getTime(),
      addresses,
      countMax: POSTS_BATCH,
    };
    const page = await withTransaction(deps.pool, async (sql) => {
      const { posts, last } = await lockSuspectPosts(sql, span);
      if (last === null) return null;
      if (posts.some((post) => post.isNew)) return "unread" as const;
      let count = 0;
      for (const { id, body } of posts) {
        const redacted = redactPost(body.toString("utf8"), { addresses, numbers: source.numbers });
        if (redacted === null) continue;
        await updateJournalBody(sql, { ownerId: source.ownerId, id, body: redacted });
        count += 1;
      }
      const journal = { ...progress.journal, [source.ownerId]: last };
      const next = { counts: addCounts(progress.counts, { posts: count }), journal };
      await updateErasure(sql, { ...erasure, progress: next }, leaseFrom(deps));
      return next;
    });
    if (page === null) return null;
    if (page === "unread") return "wait";
    erasure.progress = page;
    if (deps.clock.now() > untilMs) return "more";
  }
}

async function finish(deps: EraseDeps, erasure: ErasureRow): Promise<void> {
  const { accountId, id, contactIds, progress } = erasure;
  const nowMs = deps.clock.now();
  await withTransaction(deps.pool, async (sql) => {
    const at = new Date(nowMs);
    const belated = await lockBelated(sql, accountId, erasure);
    await eraseContacts(sql, accountId, { ...erasure, contactIds: belated, at });
    if (!(await finishErasure(sql, erasure, at))) return;
    const data = { erasureId: id, contactIds, erased: progress.counts };
    const facts = { accountId, contactIds, projectId: null, atMs: nowMs, data };
    await tellContactEvents(sql, [makeContactEvent(deps.ids, { ...facts, kind: "person.erased" })]);
  });
  deps.logger.info({ accountId, erasureId: id, erased: progress.counts }, "person.erased");
}

function formatSpan({ accountId, addresses, requestedAt }: ErasureRow) {
  return { accountId, addresses, beforeMs: requestedAt.getTime() };
}

function leaseFrom(deps: ContactDeps): Date {
  return new Date(deps.clock.now() + LEASE_MS);
}

function addCounts(
  counts: Record<string, number>,
  more: Record<string, number>,
): Record<string, number> {
  const sums = Object.entries(more).map(([key, count]) => [key, (counts[key] ?? 0) + count]);
  return { ...counts, ...Object.fromEntries(sums) };
}

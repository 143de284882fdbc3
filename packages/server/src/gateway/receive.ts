import type { Logger } from "pino";
import { createDirectory } from "../accounts/directory.ts";
import type {
  DeletionItem,
  EditItem,
  InboundItem,
  MessageItem,
  PreferenceItem,
  StatusItem,
  TemplateItem,
} from "../domain/inbound.ts";
import type { Clock } from "../platform/clock.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import { createRests, noStrain, type Strain } from "../platform/strain.ts";
import { systemTimers, type Timers } from "../platform/timers.ts";
import { noTracer, type Tracer } from "../platform/tracer.ts";
import type { Provider } from "../providers/provider.ts";
import { lockWallets } from "../storage/accepting.ts";
import {
  type Database,
  forgetSince,
  isPassing,
  type PipelinedWork,
  type Transaction,
  withPipelinedTransaction,
  withTransaction,
} from "../storage/connect.ts";
import {
  findBusinessOwners,
  findNumberOwners,
  findParkedAccounts,
  type NumberOwner,
  type ParkedStatus,
  takeParked,
} from "../storage/inbound.ts";
import {
  beginItem,
  findJournalAccounts,
  findNewJournal,
  isJournalLeft,
  type JournalEnd,
  type JournalRow,
  keepItem,
  lockLane,
  undoItem,
  updateJournal,
} from "../storage/journal.ts";
import { receiveFromPerson } from "./receive-amendments.ts";
import type { ReceiveMessagesDeps } from "./receive-messages.ts";
import {
  listToldNotices,
  type OwnedNotice,
  receiveNotices,
  routeNotices,
} from "./receive-notices.ts";
import {
  type FollowUp,
  joinFollowUps,
  type OwnedStatus,
  parkStatuses,
  receiveStatuses,
} from "./receive-statuses.ts";
import { receiveTemplates } from "./receive-templates.ts";
import { receiveWishes } from "./receive-wishes.ts";

/*
 * Reads what providers posted, in the order in which it came, one process an account at a time. Many
 * posts share a transaction: what they caused and that they were read become true together. If that
 * fails, each post is tried alone and each of its items by itself, so that one that cannot be read costs
 * nothing but itself; it stays in the journal and can be read again after a fix.
 */

/** What the lane needs. */
export interface ReceiveDeps extends ReceiveMessagesDeps {
  pool: Database;
  clock: Clock;
  logger: Logger;
  intervalMs: number;
  provider(name: string): Provider | null;
  /** Told after a commit that put webhooks on their way or files to be fetched. */
  onFollowUp(): void;
  tracer?: Tracer;
  /** While an account's is high, reading its posts stands back for the storing of them. Default: never. */
  strain?: Strain;
  /** Default: the machine's. */
  timers?: Timers;
}

/** Posts that are read together; what comes of them stands in memory at once, and a post may have 4 MB. */
const POSTS = { countMax: 100, bytesMax: 16 * 1024 * 1024 };
/** Posts of so long are read together: many share a transaction then. */
const REST_MS = 20;
const PARKED_MAX = 500;
/** Of one round: posts wait behind them. */
const PARKED_ACCOUNTS_MAX = 100;

/** Builds the lane. */
export function createReceiveLane(deps: ReceiveDeps): Lane {
  const { tracer = noTracer, strain = noStrain, timers = systemTimers } = deps;
  const rests = createRests({ clock: deps.clock, strain });
  const lane = createLane({
    name: "journal",
    intervalMs: deps.intervalMs,
    restMs: REST_MS,
    logger: deps.logger,
    timers,
    async round() {
      let more = false;
      let isAnyResting = false;
      for (const accountId of await findJournalAccounts(deps.pool)) {
        // A post that is stored can be read later; one that is not keeps the provider waiting.
        if (rests.isResting(accountId)) {
          isAnyResting = true;
          continue;
        }
        try {
          const facts = { "recado.account_id": accountId };
          const step = { name: "journal.read", root: true, facts };
          const startedMs = deps.clock.now();
          more = (await tracer.trace(step, () => readPosts(deps, accountId))) || more;
          rests.note(accountId, deps.clock.now() - startedMs);
        } catch (error) {
          // One account's trouble must not keep the others' posts lying.
          deps.logger.error({ accountId, err: error }, "journal.failed");
        }
      }
      await retryParked(deps);
      // The rest of one may be over before the next post kicks.
      if (isAnyResting) timers.start(REST_MS, lane.kick);
      return more;
    },
  });
  return lane;
}

/** Reads an account's next posts; true when there are more. */
async function readPosts(deps: ReceiveDeps, accountId: string): Promise<boolean> {
  try {
    return await withPipelinedTransaction(deps.pool, (sql) => readTogether(sql, deps, accountId));
  } catch (error) {
    deps.logger.warn({ accountId, err: error }, "journal.read_one_by_one");
    return await withTransaction(deps.pool, (sql) =>
      // One item may read of the account what another has changed, and all of it may still be undone: nobody else remembers it.
      readAlone(sql, { ...deps, directory: createDirectory() }, accountId),
    );
  } finally {
    // After the commit: now there may be webhooks to bring and files to fetch.
    deps.onFollowUp();
  }
}

async function readTogether(
  sql: Transaction,
  deps: ReceiveDeps,
  accountId: string,
): Promise<PipelinedWork<boolean>> {
  if (!(await lockLane(sql, accountId, "journal"))) return { result: false, pending: [] };
  const rows = await findNewJournal(sql, accountId, POSTS);
  if (rows.length === 0) return { result: false, pending: [] };
  deps.tracer?.note({ "recado.posts": rows.length });
  const nowMs = deps.clock.now();
  const posts = rows.map((row) => ({ row, ...parsePost(deps, row) }));
  const routed = await routeAll(sql, posts);
  const followUp = await follow(sql, deps, { routed, nowMs });
  const ends = posts.map((post) => post.end);
  const updated = updateJournal(sql, accountId, { at: new Date(nowMs), rows: ends });
  return { result: isJournalLeft(rows, POSTS), pending: [updated, ...followUp.finish()] };
}

async function readAlone(sql: Transaction, deps: ReceiveDeps, accountId: string): Promise<boolean> {
  if (!(await lockLane(sql, accountId, "journal"))) return false;
  const rows = await findNewJournal(sql, accountId, POSTS);
  const nowMs = deps.clock.now();
  const ends: JournalEnd[] = [];
  for (const row of rows) {
    const { items, end } = parsePost(deps, row);
    const errors: string[] = [];
    for (const item of items) {
      const failure = await trySavepoint(sql, async () => {
        const routed = await routeAll(sql, [{ row, items: [item] }]);
        const followUp = await follow(sql, deps, { routed, nowMs });
        await Promise.all(followUp.finish());
      });
      if (failure !== null) errors.push(`${item.kind}: ${failure}`);
    }
    if (errors.length > 0) deps.logger.error({ journalId: row.id, errors }, "journal.item_failed");
    const error = errors.length > 0 ? errors.join("\n").slice(0, 4_000) : null;
    ends.push(error === null ? end : { ...end, state: "failed", error });
  }
  await updateJournal(sql, accountId, { at: new Date(nowMs), rows: ends });
  return isJournalLeft(rows, POSTS);
}

/**
 * Null, or why the item cannot be read. Throws when it is not the item's fault: then nothing is written down, and all of it
 * is read again when the database is well. A full disk must not use up what WhatsApp tells only once.
 */
async function trySavepoint(sql: Transaction, work: () => Promise<void>): Promise<string | null> {
  await beginItem(sql);
  const forget = forgetSince(sql);
  try {
    await work();
    await keepItem(sql);
    return null;
  } catch (error) {
    if (isPassing(error)) throw error;
    await undoItem(sql);
    forget();
    return error instanceof Error ? error.message : String(error);
  }
}

function parsePost(deps: ReceiveDeps, row: JournalRow): { items: InboundItem[]; end: JournalEnd } {
  const end: JournalEnd = { id: row.id, state: "done", items: 0, ignored: null, error: null };
  const provider = deps.provider(row.provider);
  if (!provider) return { items: [], end: { ...end, state: "failed", error: "unknown provider" } };
  const result = provider.receive(row.body);
  if (result.kind === "anomalous") {
    return { items: [], end: { ...end, state: "anomalous", error: result.why } };
  }
  const ignored: Record<string, number> = {};
  for (const item of result.items) {
    if (item.kind !== "unsupported" && item.kind !== "notice") continue;
    if (item.kind === "notice" && item.said) continue;
    ignored[item.what] = (ignored[item.what] ?? 0) + 1;
  }
  const named = Object.keys(ignored).length > 0 ? ignored : null;
  // A post that is read again much later is as old as it is.
  const items = result.items.map((item) =>
    item.kind === "template" ? { ...item, at: item.at ?? row.receivedAt } : item,
  );
  return { items, end: { ...end, items: result.items.length, ignored: named } };
}

interface Routed {
  preferences: { owner: NumberOwner; item: PreferenceItem }[];
  statuses: OwnedStatus[];
  messages: { owner: NumberOwner; item: PersonItem }[];
  templates: { accountId: string; item: TemplateItem }[];
  notices: OwnedNotice[];
}

/** What a person did. */
type PersonItem = MessageItem | EditItem | DeletionItem;

/** Finds whom each item concerns. What concerns a number that is not of the posting app is left out. */
async function routeAll(
  sql: Transaction,
  posts: readonly { row: JournalRow; items: readonly InboundItem[] }[],
): Promise<Routed> {
  const routed: Routed = {
    ...{ statuses: [], messages: [], templates: [] },
    ...{ notices: [], preferences: [] },
  };
  const byApp = Map.groupBy(posts, (post) => `${post.row.provider} ${post.row.appId}`);
  for (const group of byApp.values()) {
    const row = group[0]?.row;
    if (!row) continue;
    const of = { provider: row.provider, appId: row.appId };
    const items = group.flatMap((post) => post.items);
    const numberIds = items.flatMap((item) => (isOfNumber(item) ? [item.numberId] : []));
    const owners = await findNumberOwners(sql, { ...of, numberIds: [...new Set(numberIds)] });
    for (const item of items) {
      const owner = isOfNumber(item) ? owners.get(item.numberId) : undefined;
      if (!owner) continue;
      if (item.kind === "status") {
        routed.statuses.push({ accountId: owner.accountId, item, parkedAt: null });
      } else if (item.kind === "preference") routed.preferences.push({ owner, item });
      else if (isOfNumber(item)) routed.messages.push({ owner, item });
    }
    routed.templates.push(...(await routeTemplates(sql, of, items)));
    const notices = group.flatMap((post) => listToldNotices(post.items, post.row.receivedAt));
    routed.notices.push(...(await routeNotices(sql, of, notices)));
  }
  return routed;
}

/** What was said, not what was changed of it. */
function isNew(one: Routed["messages"][number]): one is { owner: NumberOwner; item: MessageItem } {
  return one.item.kind === "message";
}

const OF_NUMBER: readonly InboundItem["kind"][] = [
  "status",
  "message",
  "edit",
  "deletion",
  "preference",
];

function isOfNumber(item: InboundItem): item is StatusItem | PersonItem | PreferenceItem {
  return OF_NUMBER.includes(item.kind);
}

async function routeTemplates(
  sql: Transaction,
  of: { provider: string; appId: string },
  items: readonly InboundItem[],
): Promise<Routed["templates"]> {
  const changes = items.flatMap((item) => (item.kind === "template" ? [item] : []));
  if (changes.length === 0) return [];
  const businessIds = [...new Set(changes.map((item) => item.businessId))];
  const owners = await findBusinessOwners(sql, { ...of, businessIds });
  return changes.flatMap((item) =>
    owners
      .filter((owner) => owner.businessId === item.businessId)
      .map((owner) => ({ accountId: owner.accountId, item })),
  );
}

async function follow(
  sql: Transaction,
  deps: ReceiveDeps,
  { routed, nowMs }: { routed: Routed; nowMs: number },
): Promise<FollowUp> {
  await lockSeveral(sql, routed);
  const followUps = [await receiveStatuses(sql, deps, { statuses: routed.statuses, nowMs })];
  for (const message of routed.messages) {
    followUps.push(await receiveFromPerson(sql, deps, { ...message, nowMs }));
  }
  followUps.push(await receiveNotices(sql, deps, { notices: routed.notices, nowMs }));
  followUps.push(
    await receiveWishes(sql, deps, { ...routed, messages: routed.messages.filter(isNew), nowMs }),
  );
  followUps.push(await receiveTemplates(sql, deps, { templates: routed.templates, nowMs }));
  return joinFollowUps(followUps);
}

/** Several accounts in one transaction: everything of theirs that acceptance locks too, in its order. */
async function lockSeveral(sql: Transaction, routed: Routed): Promise<void> {
  const accountIds = new Set([
    ...routed.statuses.map((status) => status.accountId),
    ...routed.messages.map((message) => message.owner.accountId),
    ...routed.notices.map((notice) => notice.accountId),
    ...routed.preferences.map((preference) => preference.owner.accountId),
  ]);
  if (accountIds.size > 1) await lockWallets(sql, [...accountIds]);
}

async function retryParked(deps: ReceiveDeps): Promise<void> {
  const now = new Date(deps.clock.now());
  for (const accountId of await findParkedAccounts(deps.pool, now, PARKED_ACCOUNTS_MAX)) {
    try {
      await withTransaction(deps.pool, (sql) => retryParkedOf(sql, deps, { accountId, now }));
    } catch (error) {
      // One account's trouble must not keep the others' statuses lying.
      deps.logger.error({ accountId, err: error }, "journal.parked_failed");
    }
  }
}

async function retryParkedOf(
  sql: Transaction,
  deps: ReceiveDeps,
  { accountId, now }: { accountId: string; now: Date },
): Promise<void> {
  const statuses = await takeParked(sql, accountId, { now, countMax: PARKED_MAX });
  if (statuses.length === 0) return;
  const nowMs = now.getTime();
  const tryTo = (some: ParkedStatus[]) =>
    trySavepoint(sql, async () => {
      const followUp = await receiveStatuses(sql, deps, { statuses: some, nowMs });
      await Promise.all(followUp.finish());
    });
  if ((await tryTo(statuses)) === null) return;
  // One that cannot be applied would keep those that wait with it for as long as it waits.
  for (const status of statuses) {
    const failure = await tryTo([status]);
    if (failure === null) continue;
    deps.logger.error({ accountId, failure }, "journal.parked_failed");
    await parkStatuses(sql, deps, { statuses: [status], nowMs });
  }
}

import type { Logger } from "pino";
import { AppError } from "../platform/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../storage/connect.ts";
import { findLogEnds } from "../storage/event-log.ts";
import {
  beatPresence,
  deleteGonePresence,
  deletePresence,
  findPulses,
  renewPresence,
} from "../storage/presence.ts";
import { type AccountFeed, createAccountFeed, type Rendered } from "./account-feed.ts";
import { formatFrame, type Listener, type NewListener, sendTo } from "./listeners.ts";
import { createPresenceWatch, type PresenceWatch } from "./presence-watch.ts";

/*
 * Everybody who listens, in this process. One statement a look asks where all accounts with listeners stand; only those that
 * moved are read. Nothing runs while nobody listens.
 */

/** The open lines of this process. */
export interface LiveHub {
  /** Begins to send; resolves with what ends it. Refuses with `too_many_requests` when too many listen. */
  listen(given: NewListener): Promise<() => void>;
  /** Looks at an account now: something happened here. */
  kick(accountId: string): void;
  /** Ends all lines, now and from now on. */
  close(): Promise<void>;
}

/** What the hub needs; the lengths are for tests. */
export interface HubDeps {
  pool: Database;
  clock: Clock;
  logger: Logger;
  render(span: { accountId: string; after: number; to: number }): Promise<Rendered>;
  /** The numbers of the left column. */
  count(accountId: string): Promise<unknown>;
  lookMs?: number;
  beatMs?: number;
  perPersonMax?: number;
  perAccountMax?: number;
}

/** Lines of one person in one process. */
export const LISTENERS_PER_PERSON_MAX = 10;
/** Lines of one account in one process. */
export const LISTENERS_PER_ACCOUNT_MAX = 500;

const LOOK_MS = 100;
const BEAT_MS = 10_000;
const GONE_AFTER_MS = 40_000;
const COUNT_EVERY_MS = 1_000;
/** Whoever missed more than this loads everything anew, which is quicker. */
const BEHIND_MAX = 5_000;

interface Account {
  feed: AccountFeed;
  presence: PresenceWatch;
  beats: number;
  head: number;
  counts: string;
  countAtMs: number;
  mustCount: boolean;
  /** The turn that runs; others do not wait for it. */
  turn: Promise<void> | null;
}

/** Starts with nobody listening. */
export function createLiveHub(deps: HubDeps): LiveHub {
  const accounts = new Map<string, Account>();
  let timer: NodeJS.Timeout | undefined;
  let beater: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let closed = false;

  const look = () => {
    looking ??= lookAtAll(deps, accounts)
      .catch((error: unknown) => deps.logger.warn({ err: error }, "live.look_failed"))
      .finally(() => {
        looking = null;
      });
    return looking;
  };
  const startTimer = () => {
    const own = setTimeout(async () => {
      await look();
      // Everybody left meanwhile, and somebody came who started another.
      if (timer !== own) return;
      timer = undefined;
      schedule();
    }, deps.lookMs ?? LOOK_MS);
    return own;
  };
  const schedule = () => {
    if (closed || accounts.size === 0) return;
    timer ??= startTimer();
    beater ??= setInterval(() => void beatAll(deps, accounts), deps.beatMs ?? BEAT_MS);
  };
  const stopIfIdle = () => {
    if (accounts.size > 0) return;
    clearTimeout(timer);
    clearInterval(beater);
    timer = undefined;
    beater = undefined;
  };
  const remove = (listener: Listener) => {
    const account = accounts.get(listener.accountId);
    // One that was cut is not among them any more, and may have been the last.
    account?.feed.listeners.delete(listener);
    if (account?.feed.listeners.size === 0) accounts.delete(listener.accountId);
    stopIfIdle();
    if (account || !closed) void leave(deps, listener);
  };
  return {
    async listen(given) {
      if (closed) throw new AppError("not_ready", { message: "Ending.", retryAfterS: 2 });
      checkRoom(deps, accounts, given);
      const listener: Listener = { ...given, place: 0 };
      const start = await findStart(deps, given);
      listener.place = start.place;
      if (closed) throw new AppError("not_ready", { message: "Ending.", retryAfterS: 2 });
      const account = accounts.get(given.accountId) ?? openAccount(deps, given.accountId);
      accounts.set(given.accountId, account);
      checkRoom(deps, accounts, given);
      account.feed.listeners.add(listener);
      // From here on the line is open: what goes wrong ends it, and it comes back.
      await greet(deps, { account, listener, start }).catch((error: unknown) => {
        deps.logger.warn({ err: error }, "live.greeting_failed");
        listener.sink.end();
      });
      schedule();
      void look();
      return once(() => remove(listener));
    },
    kick(accountId) {
      if (accounts.has(accountId)) void look();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(beater);
      await endAll(accounts, looking);
    },
  };
}

/** The same, the first time. */
function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

async function endAll(
  accounts: Map<string, Account>,
  looking: Promise<void> | null,
): Promise<void> {
  for (const { feed } of accounts.values()) {
    for (const listener of feed.listeners) listener.sink.end();
  }
  await looking;
  await Promise.all([...accounts.values()].map(({ turn }) => turn));
  accounts.clear();
}

function openAccount(deps: HubDeps, accountId: string): Account {
  const render = (span: { after: number; to: number }) => deps.render({ accountId, ...span });
  return {
    feed: createAccountFeed({ render }),
    presence: createPresenceWatch(deps, accountId),
    ...{ beats: -1, head: 0, counts: "", countAtMs: 0, mustCount: true, turn: null },
  };
}

function checkRoom(
  deps: HubDeps,
  accounts: ReadonlyMap<string, Account>,
  { accountId, userId }: NewListener,
): void {
  const all = [...(accounts.get(accountId)?.feed.listeners ?? [])];
  const own = all.filter((one) => one.userId === userId).length;
  const isRoom =
    own < (deps.perPersonMax ?? LISTENERS_PER_PERSON_MAX) &&
    all.length < (deps.perAccountMax ?? LISTENERS_PER_ACCOUNT_MAX);
  if (isRoom) return;
  throw new AppError("too_many_requests", {
    message: "Too many tabs listen already: close some.",
    retryAfterS: 10,
  });
}

interface Start {
  place: number;
  reset: "too_old" | "ahead" | null;
}

/** Where a listener goes on; what cannot be told it any more it must load. */
async function findStart(deps: HubDeps, { accountId, after }: NewListener): Promise<Start> {
  const place = { accountId, after: BigInt(after ?? 0) };
  const { head, continues } = await findLogEnds(deps.pool, place);
  const newest = Number(head);
  if (after === null) return { place: newest, reset: null };
  // Behind the end of the log: the database was set back to an earlier day.
  if (after > newest) return { place: newest, reset: "ahead" };
  const isTooOld = newest - after > BEHIND_MAX || (!continues && after < newest);
  return isTooOld ? { place: newest, reset: "too_old" } : { place: after, reset: null };
}

async function greet(
  deps: HubDeps,
  { account, listener, start }: { account: Account; listener: Listener; start: Start },
): Promise<void> {
  const { accountId, clientId, userId } = listener;
  const data = { seq: start.place, why: start.reset };
  if (start.reset !== null) sendTo(listener, formatFrame({ event: "reset", data }));
  const at = new Date(deps.clock.now()).toISOString();
  sendTo(listener, formatFrame({ event: "beat", data: { seq: start.place, at } }));
  if (account.counts !== "") sendTo(listener, account.counts);
  account.mustCount ||= account.counts === "";
  const goneAt = new Date(deps.clock.now() + GONE_AFTER_MS);
  if (await renewPresence(deps.pool, accountId, { clientId, userId, goneAt })) {
    await beatPresence(deps.pool, accountId);
  }
  sendTo(listener, await account.presence.whole());
}

async function lookAtAll(deps: HubDeps, accounts: ReadonlyMap<string, Account>): Promise<void> {
  const pulses = await findPulses(deps.pool, [...accounts.keys()]);
  for (const [accountId, account] of accounts) {
    const pulse = pulses.get(accountId);
    if (!pulse || account.turn !== null) continue;
    account.turn = takeTurn(deps, { accountId, account, pulse })
      .catch((error: unknown) => deps.logger.warn({ err: error }, "live.turn_failed"))
      .finally(() => {
        account.turn = null;
      });
  }
}

interface Turn {
  accountId: string;
  account: Account;
  pulse: { head: number; beats: number };
}

async function takeTurn(deps: HubDeps, { accountId, account, pulse }: Turn): Promise<void> {
  if (pulse.head > account.head) account.mustCount = true;
  account.head = Math.max(account.head, pulse.head);
  await account.feed.advance(account.head);
  if (pulse.beats !== account.beats) {
    account.beats = pulse.beats;
    const news = await account.presence.news();
    if (news !== "") account.feed.broadcast(news);
  }
  await tellCounts(deps, accountId, account);
}

/** Counting goes over all that is open: not more than a tenth of the time is spent on it. */
async function tellCounts(deps: HubDeps, accountId: string, account: Account): Promise<void> {
  if (!account.mustCount || performance.now() < account.countAtMs) return;
  account.mustCount = false;
  const startMs = performance.now();
  const counts = formatFrame({ event: "counts", data: await deps.count(accountId) });
  const tookMs = performance.now() - startMs;
  account.countAtMs = performance.now() + Math.max(COUNT_EVERY_MS, 10 * tookMs);
  if (counts === account.counts) return;
  account.counts = counts;
  account.feed.broadcast(counts);
}

/** Says that the line lives, looks whether its person may still listen, and keeps its tab here. */
async function beatAll(deps: HubDeps, accounts: ReadonlyMap<string, Account>): Promise<void> {
  const nowMs = deps.clock.now();
  const at = new Date(nowMs).toISOString();
  const goneAt = new Date(nowMs + GONE_AFTER_MS);
  for (const [accountId, account] of accounts) {
    for (const listener of account.feed.listeners) {
      // One that is still being brought up is told how far it is, never further.
      sendTo(listener, formatFrame({ event: "beat", data: { seq: listener.place, at } }));
      await beatOne(deps, { accountId, listener, goneAt }).catch((error: unknown) =>
        deps.logger.warn({ err: error }, "live.beat_failed"),
      );
    }
    // Composers and tabs end by the clock, which nobody announces.
    const news = await account.presence.news().catch(() => "");
    if (news !== "") account.feed.broadcast(news);
  }
  await deleteGonePresence(deps.pool, new Date(nowMs - 10 * GONE_AFTER_MS)).catch(() => {});
}

async function beatOne(
  deps: HubDeps,
  { accountId, listener, goneAt }: { accountId: string; listener: Listener; goneAt: Date },
): Promise<void> {
  if (!(await listener.mayGoOn())) return listener.sink.end();
  const { clientId, userId } = listener;
  await renewPresence(deps.pool, accountId, { clientId, userId, goneAt });
}

/** The tab was closed, or its line broke: it is gone for the others at once, and comes back with its next line. */
async function leave(deps: HubDeps, listener: Listener): Promise<void> {
  const { accountId, clientId, userId } = listener;
  try {
    await deletePresence(deps.pool, accountId, { clientId, userId });
    await beatPresence(deps.pool, accountId);
  } catch (error) {
    deps.logger.warn({ err: error }, "live.leave_failed");
  }
}

import type { Directory } from "../accounts/directory.ts";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import { AppError } from "../platform/app-error.ts";
import { type Batcher, createBatcher } from "../platform/batcher.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { MeteredGroup } from "../platform/metrics.ts";
import { IDS_NAMED_MAX, noTracer, type Tracer } from "../platform/tracer.ts";
import {
  type AcceptedRow,
  findRecent,
  insertAccepted,
  type LockedWallet,
  lockWallets,
  type RecentAnswer,
} from "../storage/accepting.ts";
import {
  type Database,
  isDataError,
  type PipelinedWork,
  type Transaction,
  withPipelinedTransaction,
} from "../storage/connect.ts";
import { findKeys, insertKeys, type KnownKey } from "../storage/idempotency-keys.ts";
import { insertMedia } from "../storage/media.ts";
import { formatAcceptedRow, isAcceptable } from "./accepted-row.ts";
import { judgeSend, mayBeRepeated, type ResolvedSend } from "./decide.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { createKeyRing, type KeyRing, nameSendKey } from "./key-ring.ts";
import { askAboutRecent } from "./recent-question.ts";
import { resolveSend } from "./resolve-send.ts";
import type { SendAnswer } from "./send-answer.ts";
import { type PreparedSend, prepareSend, type SendRequest } from "./send-request.ts";

/*
 * The hot path. Concurrent sends share one transaction: their accounts' wallets are locked, everything
 * is judged in order of arrival against what the neighbours before have spent and said, and stored by
 * one statement. The answer leaves after the commit; with any answer but 1 nothing was stored.
 */

/** The acceptance of sends. */
export interface Acceptance {
  /** Rejects with AppError `too_many_requests` when the queue is full, else with the database's error. */
  send(request: SendRequest): Promise<SendAnswer>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** What {@link createAcceptance} needs. */
export interface AcceptanceOptions {
  pool: Database;
  directory: Directory;
  clock: Clock;
  ids: IdMaker;
  /** Sends that may wait for a place in a group; one more answers 429. */
  waitingMax: number;
  /** Told after each commit that stored something. */
  onAccepted(count: number): void;
  /** Told of each group that was answered. */
  onGroup?(group: MeteredGroup): void;
  tracer?: Tracer;
}

const GROUP_SIZE_MAX = 200;
/** A second group would only wait for the wallets of the first, with half of its sends and a commit of its own. */
const GROUPS_AT_ONCE_MAX = 1;

/** How long an idempotency key is remembered. */
export const KEY_LIFE_MS = 72 * 3_600_000;

/** Starts the acceptance. */
export function createAcceptance(options: AcceptanceOptions): Acceptance {
  const batcher: Batcher<PreparedSend, SendAnswer> = createBatcher({
    sizeMax: GROUP_SIZE_MAX,
    lanesMax: GROUPS_AT_ONCE_MAX,
    waitingMax: options.waitingMax,
    run: (group) => traceGroup(options, group),
    overflow: () =>
      new AppError("too_many_requests", {
        message: "Too many sends are waiting; try again in a second.",
        retryAfterS: 1,
      }),
  });
  return { send: (request) => batcher.add(prepareSend(request)), idle: batcher.idle };
}

/** The group as a step of its own: it belongs to none of the requests in it. */
function traceGroup(
  options: AcceptanceOptions,
  group: PreparedSend[],
): Promise<(SendAnswer | Error)[]> {
  const { tracer = noTracer } = options;
  const step = { name: "accept.group", root: true, facts: { "recado.sends": group.length } };
  return tracer.trace(step, async (span) => {
    const answers = await acceptGroup(options, group);
    if (tracer.enabled) {
      const ids = answers.flatMap((one) => ("messageId" in one ? one.messageId : []));
      span.note({ "recado.message_ids": ids.slice(0, IDS_NAMED_MAX) });
    }
    return answers;
  });
}

async function acceptGroup(
  options: AcceptanceOptions,
  group: PreparedSend[],
): Promise<(SendAnswer | Error)[]> {
  const startedMs = performance.now();
  try {
    const { answers, charged } = await withPipelinedTransaction(options.pool, (sql) =>
      acceptIn(sql, options, group),
    );
    const accepted = answers.filter((answer) => answer.code === 1 && !answer.replayed).length;
    if (accepted > 0) options.onAccepted(accepted);
    const codes = answers.map((answer) => answer.code);
    options.onGroup?.({ codes, charged, durationMs: performance.now() - startedMs });
    return answers;
  } catch (error) {
    // A value that the database refuses must not cost the neighbours their answer.
    if (group.length === 1 || !isDataError(error)) throw error;
    const alone = group.map((send) => acceptGroup(options, [send]).catch((reason) => [reason]));
    return (await Promise.all(alone)).map(([answer]) => answer ?? new Error("no answer"));
  }
}

/**
 * Two round trips: the wallets are locked and the questions about repeats and keys are asked by what is
 * remembered of the accounts; if that was out of date, both are done again by what is true.
 */
async function acceptIn(
  sql: Transaction,
  options: AcceptanceOptions,
  group: readonly PreparedSend[],
): Promise<PipelinedWork<{ answers: SendAnswer[]; charged: Map<string, bigint> }>> {
  const { directory, ids } = options;
  const hashes = group.map((send) => send.tokenHash);
  const owners = await directory.accountsByToken(sql, hashes);
  const accountIds = [...new Set(owners.values())];
  const locked = lockWallets(sql, accountIds);
  const remembered = directory.remembered(accountIds);
  const resolve = (snapshots: ReadonlyMap<string, AccountSnapshot>) => {
    const nowMs = options.clock.now();
    return group.map((prepared) => {
      const snapshot = snapshots.get(owners.get(prepared.tokenHash) ?? "") ?? null;
      return { send: resolveSend(prepared, snapshot, nowMs), nowMs };
    });
  };
  let sends = resolve(remembered);
  const asked = findHistory(sql, sends);
  asked.catch(() => {});
  const wallets = await locked;
  let history = await asked;
  if ([...wallets.values()].some((row) => remembered.get(row.accountId)?.version !== row.version)) {
    const versions = new Map([...wallets.values()].map((row) => [row.accountId, row.version]));
    sends = resolve(await directory.snapshotsAt(sql, versions));
    history = await findHistory(sql, sends);
  }
  const nowMs = sends[0]?.nowMs ?? options.clock.now();
  const keys = createKeyRing(history.keys, nowMs);
  const round = createRound({ wallets, recents: history.recents, keys, nowMs, ids });
  const answers = sends.map(({ send }, index) => round.judge(send, index));
  const result = { answers, charged: round.charged };
  if (round.rows.length === 0) return { result, pending: [] };
  const stored = insertAccepted(sql, round.rows, round.spending());
  const rest = [insertMedia(sql, round.rows, ids), insertKeys(sql, keys.used)];
  return { result, pending: [stored, ...rest] };
}

/** What was said before. A twin in flight has waited for the wallet, and finds the first one's key here. */
async function findHistory(
  sql: Transaction,
  sends: readonly { send: ResolvedSend; nowMs: number }[],
): Promise<{ recents: Map<number, RecentAnswer>; keys: Map<string, KnownKey> }> {
  const named = sends.flatMap(({ send }) => nameSendKey(send) ?? []);
  const sinceMs = (sends[0]?.nowMs ?? 0) - KEY_LIFE_MS;
  const [recents, keys] = await Promise.all([
    findRecents(sql, sends),
    named.length > 0 ? findKeys(sql, named, sinceMs) : new Map<string, KnownKey>(),
  ]);
  return { recents, keys };
}

/** Asks the database only for sends that nothing refuses which comes before 9 and 10. */
async function findRecents(
  sql: Transaction,
  sends: readonly { send: ResolvedSend; nowMs: number }[],
): Promise<Map<number, RecentAnswer>> {
  const asked = [...sends.entries()].filter(([, { send }]) => mayBeRepeated(send));
  if (asked.length === 0) return new Map();
  const questions = asked.map(([, { send, nowMs }]) => askAboutRecent(send, nowMs));
  const answers = await findRecent(sql, questions);
  return new Map(
    asked.flatMap(([index], at): [number, RecentAnswer][] => {
      const answer = answers[at];
      return answer ? [[index, answer]] : [];
    }),
  );
}

interface RoundStart {
  keys: KeyRing;
  wallets: ReadonlyMap<string, LockedWallet>;
  recents: ReadonlyMap<number, RecentAnswer>;
  nowMs: number;
  ids: IdMaker;
}

/** Judges sends one after the other, each against what those before it have spent and said. */
function createRound({ wallets, recents, keys, nowMs, ids }: RoundStart) {
  const rows: AcceptedRow[] = [];
  const balances = new Map([...wallets].map(([accountId, row]) => [accountId, row.balance]));
  const counts = new Map<string, number>();
  const said = new Set<string>();
  const marketing = new Map<string, number>();
  const charged = new Map<string, bigint>();

  const judge = (send: ResolvedSend, index: number): SendAnswer => {
    const repeat = keys.find(send);
    if (repeat !== null) return repeat;
    const accountId = send.snapshot?.accountId ?? "";
    const toMobile = `${send.project?.id} ${send.mobile?.digits}`;
    const recent = recents.get(index);
    const balance = balances.get(accountId) ?? 0n;
    const standing = {
      balance,
      repeated: (recent?.repeated ?? false) || said.has(`${toMobile} ${send.digest}`),
      marketingCount: (recent?.marketingCount ?? 0) + (marketing.get(toMobile) ?? 0),
    };
    const refusal = judgeSend(send, standing);
    if (refusal !== null) {
      const told = send.prepared.source === "v1" ? explainRefusal(send, refusal, standing) : null;
      return { code: refusal, problem: told };
    }
    if (!isAcceptable(send)) throw new Error("a send without all its parts was judged acceptable");
    const position = (counts.get(accountId) ?? 0) + 1;
    const balanceAfter = balance - send.price;
    counts.set(accountId, position);
    balances.set(accountId, balanceAfter);
    const currency = send.snapshot?.currency ?? "";
    charged.set(currency, (charged.get(currency) ?? 0n) + send.price);
    said.add(`${toMobile} ${send.digest}`);
    if (send.category === "marketing") marketing.set(toMobile, (marketing.get(toMobile) ?? 0) + 1);
    const made = { message: ids.next(nowMs), event: ids.next(nowMs) };
    rows.push(formatAcceptedRow(send, made, { nowMs, balanceAfter, position }));
    keys.use(send, made.message);
    return { code: 1, messageId: made.message, replayed: false };
  };
  const spending = () =>
    [...counts].map(([account_id, messages]) => {
      const before = wallets.get(account_id)?.balance ?? 0n;
      const spent = before - (balances.get(account_id) ?? before);
      return { account_id, spent: String(spent), messages };
    });
  return { rows, judge, spending, charged };
}

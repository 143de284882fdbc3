import type { Logger } from "pino";
import type { Clock } from "../platform/clock.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import {
  dropForgottenMonth,
  isForgotten,
  listMonthAccounts,
  listOldMonths,
  PASSING_TABLES,
} from "../storage/forgotten-months.ts";
import { holdFollower } from "../storage/log-followers.ts";
import { dropEmptyPartitions } from "../storage/partitions.ts";
import {
  blankMessages,
  deleteAttempts,
  deleteDeliveries,
  deleteEvents,
  deleteFiles,
  deleteJournal,
  deleteNotes,
  findBlankedUntil,
  listOldMessages,
  listRetention,
  type OldRows,
  type RetentionRow,
  setBlankedUntil,
} from "../storage/retention.ts";
import { deleteMessageWords } from "../storage/search-index.ts";

/*
 * What an account no longer wants to keep is removed at night: whole months where nobody in them wants to keep more, and the rest in
 * small batches, account by account. Never the ledger, never a
 * message's row (it says what was paid, to whom it went and how it ended), never what is still owed.
 */

/** What a run removed: rows, and whole months, whose rows are not counted. */
export interface RetentionRun {
  accounts: number;
  bodies: number;
  files: number;
  events: number;
  attempts: number;
  deliveries: number;
  journal: number;
  partitions: string[];
  /** It stopped at its limit, and there is more. */
  more: boolean;
}

const DAY_MS = 86_400_000;
const BATCH_ROWS = 1_000;
/** For one account, kind and run: ten million rows in some hours of nights, and nobody waits for a run without end. */
const BATCHES_MAX = 500;

type Kind = "bodies" | "files" | "events" | "attempts" | "deliveries" | "journal";
type Delete = (sql: Database, old: OldRows) => Promise<number>;

/** Removes what is older than each account has set; `accountId` null: of all that have set something. Safe to repeat. */
export async function retain(
  deps: { pool: Database; clock: Clock; logger: Logger },
  accountId: string | null,
): Promise<RetentionRun> {
  const run: RetentionRun = {
    ...{
      accounts: 0,
      bodies: 0,
      files: 0,
      events: 0,
      attempts: 0,
      deliveries: 0,
      journal: 0,
    },
    partitions: [],
    more: false,
  };
  const nowMs = deps.clock.now();
  const wishes = await listRetention(deps.pool, accountId);
  const forgotten = await dropForgottenMonths(deps.pool, wishes, nowMs);
  for (const wish of wishes) {
    run.accounts += 1;
    try {
      await retainAccount(deps.pool, { wish, nowMs, run });
    } catch (error) {
      if (accountId !== null) throw error;
      // One account's trouble must not have the others keep what they no longer want.
      deps.logger.error({ accountId: wish.accountId, err: error }, "retention.failed");
    }
  }
  const empty = await dropEmptyPartitions(deps.pool, new Date(nowMs));
  run.partitions = [...forgotten, ...empty].toSorted();
  return run;
}

/** Months that every account in them has asked to forget go whole, before anything is deleted row by row. */
async function dropForgottenMonths(
  pool: Database,
  wishes: readonly RetentionRow[],
  nowMs: number,
): Promise<string[]> {
  const dropped: string[] = [];
  for (const table of PASSING_TABLES) {
    const days = new Map(wishes.map((wish) => [wish.accountId, wish[table.days]]));
    const least = Math.min(...[...days.values()].map((one) => one ?? Number.POSITIVE_INFINITY));
    if (least === Number.POSITIVE_INFINITY) continue;
    for (const old of await listOldMonths(pool, table.name, nowMs - least * DAY_MS)) {
      const accountIds = await listMonthAccounts(pool, old.partition);
      const month = { ...old, table, accountIds, nowMs };
      const isUnwanted = accountIds.every((id) =>
        isForgotten(month, days.get(id) ?? Number.POSITIVE_INFINITY),
      );
      // An empty one is left to those that drop what is empty.
      if (!isUnwanted || accountIds.length === 0) continue;
      if (await dropForgottenMonth(pool, month)) dropped.push(old.partition);
    }
  }
  return dropped;
}

interface Round {
  wish: RetentionRow;
  nowMs: number;
  run: RetentionRun;
}

async function retainAccount(pool: Database, round: Round): Promise<void> {
  const { bodiesDays, eventsDays, deliveriesDays, journalDays } = round.wish;
  await blankOld(pool, round);
  const steps: [Kind, number | null, Delete][] = [
    ["files", bodiesDays, deleteFiles],
    ["bodies", bodiesDays, deleteNotes],
    ["events", eventsDays, deleteEvents],
    ["attempts", eventsDays, deleteAttempts],
    ["deliveries", deliveriesDays, deleteDeliveries],
    ["journal", journalDays, deleteJournal],
  ];
  for (const [kind, days, remove] of steps) {
    if (days !== null) await removeOld(pool, round, { kind, days, remove });
  }
}

async function removeOld(
  pool: Database,
  { wish, nowMs, run }: Round,
  step: { kind: Kind; days: number; remove: Delete },
): Promise<void> {
  const before = new Date(nowMs - step.days * DAY_MS);
  const old = { accountId: wish.accountId, before, limit: BATCH_ROWS };
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const removed = await step.remove(pool, old);
    run[step.kind] += removed;
    if (removed < BATCH_ROWS) return;
  }
  run.more = true;
}

/** Goes on where the last run ended; a message that is still owed something holds that place, and is looked at again. */
async function blankOld(pool: Database, { wish, nowMs, run }: Round): Promise<void> {
  const { accountId, bodiesDays } = wish;
  if (bodiesDays === null) return;
  const before = new Date(nowMs - bodiesDays * DAY_MS);
  let after = await findBlankedUntil(pool, accountId);
  let isClear = true;
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const rows = await listOldMessages(pool, { accountId, before, limit: BATCH_ROWS, after });
    const ids = rows.filter(({ owed }) => !owed).map(({ id }) => id);
    run.bodies += await blankMessages(pool, accountId, ids);
    await forgetWords(pool, accountId, ids);
    const firstOwed = rows.findIndex(({ owed }) => owed);
    const until = (firstOwed === -1 ? rows : rows.slice(0, firstOwed)).at(-1);
    if (isClear && until) await setBlankedUntil(pool, accountId, until.id);
    isClear &&= firstOwed === -1;
    const last = rows.at(-1);
    if (!last || rows.length < BATCH_ROWS) return;
    after = last.id;
  }
  run.more = true;
}

/** Whoever had read the words before they were blanked has stored what they are found by, and whoever reads now finds none. */
async function forgetWords(
  pool: Database,
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await withTransaction(pool, async (sql) => {
    await holdFollower(sql, accountId, "search");
    await deleteMessageWords(sql, accountId, ids);
  });
}

import type { Logger } from "pino";
import { planTransfers } from "../domain/ledger.ts";
import { dayOf } from "../domain/usage.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Database, Queryable } from "../storage/connect.ts";
import { withTransaction } from "../storage/connect.ts";
import {
  type DueSettlement,
  findCustomersCountedUntil,
  insertSettlement,
  listDueSettlements,
  listResellers,
} from "../storage/settlements.ts";
import { insertTransfers, lockBalances } from "../storage/transfers.ts";
import {
  insertUsage,
  listCountedAccounts,
  lockProgress,
  updateProgress,
} from "../storage/usage.ts";
import { type CountedAccount, countUsage } from "./count-usage.ts";

/*
 * A reseller's customers pay their price from their own wallets when a message is accepted, and nothing else happens
 * then. After each day (UTC) this job counts what every account was charged, given back and charged again, and settles it
 * with its reseller: `resale` puts what its customers paid into the reseller's wallet, `wholesale` takes from it what the
 * reseller owes at its own prices, those of the moment of each acceptance. A refund takes back both, on its own day.
 *
 * A day is settled once: its key is the reseller and the day, it is stored in the transaction that moves the money, and
 * the reseller's progress is locked meanwhile, so any number of processes may try.
 */

/** What settling needs. */
export interface SettleDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  logger: Logger;
}

/** A movement is written down at most this long after the moment that it carries; a day is counted when that has passed. */
const LATEST_MOVEMENT_MS = 3_600_000;
const ACCOUNTS_PER_PAGE = 500;

/** Counts every day that is over and settles it. Safe to repeat, and for several processes at once. */
export async function settleDays(deps: SettleDeps): Promise<{ days: number; belowZero: string[] }> {
  const until = dayOf(deps.clock.now() - LATEST_MOVEMENT_MS);
  let after: string | null = null;
  for (;;) {
    const page: CountedAccount[] = await listCountedAccounts(deps.pool, {
      until,
      after,
      limit: ACCOUNTS_PER_PAGE,
    });
    for (const account of page) {
      try {
        await countDays(deps.pool, account, until);
      } catch (error) {
        // One account's trouble must not keep the others' days open; its own reseller's wait for it.
        deps.logger.error({ accountId: account.accountId, err: error }, "usage.not_counted");
      }
    }
    const last = page.at(-1);
    if (!last || page.length < ACCOUNTS_PER_PAGE) break;
    after = last.accountId;
  }
  let days = 0;
  const belowZero: string[] = [];
  for (const resellerId of await listResellers(deps.pool)) {
    try {
      const settled = await settleReseller(deps, resellerId, until);
      days += settled.days;
      if (settled.balance !== null && settled.balance < 0n) belowZero.push(resellerId);
    } catch (error) {
      deps.logger.error({ accountId: resellerId, err: error }, "settlement.failed");
    }
  }
  return { days, belowZero };
}

function countDays(pool: Database, account: CountedAccount, until: string): Promise<void> {
  return withTransaction(pool, async (sql) => {
    const { countedUntil } = await lockProgress(sql, account.accountId);
    if (countedUntil >= until) return;
    const lines = await countUsage(sql, account, { from: countedUntil, to: until });
    const { accountId, parentId } = account;
    await insertUsage(sql, { accountId, resellerId: parentId }, lines);
    await updateProgress(sql, accountId, { counted: until });
  });
}

function settleReseller(
  deps: SettleDeps,
  resellerId: string,
  until: string,
): Promise<{ days: number; balance: bigint | null }> {
  return withTransaction(deps.pool, async (sql) => {
    const { settledUntil } = await lockProgress(sql, resellerId);
    const counted = await findCustomersCountedUntil(sql, resellerId);
    const to = counted !== null && counted < until ? counted : until;
    if (settledUntil >= to) return { days: 0, balance: null };
    const due = await listDueSettlements(sql, resellerId, { from: settledUntil, to });
    const balance = due.length === 0 ? null : await postDays(sql, deps, { resellerId, due });
    await updateProgress(sql, resellerId, { settled: to });
    return { days: due.length, balance };
  });
}

async function postDays(
  sql: Queryable,
  deps: SettleDeps,
  { resellerId, due }: { resellerId: string; due: readonly DueSettlement[] },
): Promise<bigint> {
  const balances = await lockBalances(sql, [resellerId]);
  const nowMs = deps.clock.now();
  const at = new Date(nowMs);
  for (const day of due) {
    const causeId = deps.ids.next(nowMs);
    const isNew = await insertSettlement(sql, {
      ...day,
      accountId: resellerId,
      causeId,
      postedAt: at,
    });
    if (!isNew) continue;
    // What came in first: the wallet is below zero in between only if it is so at the end.
    const wishes = (["resale", "wholesale"] as const)
      .filter((kind) => day[kind] !== 0n)
      .map((kind) => ({ accountId: resellerId, causeId, kind, amount: day[kind] }));
    const { planned } = planTransfers(wishes, [], balances);
    const last = planned.at(-1);
    if (!last) continue;
    await insertTransfers(sql, planned, { at, reference: `settlement ${day.day}` });
    balances.set(resellerId, last.balanceAfter);
  }
  return balances.get(resellerId) ?? 0n;
}

import {
  type PlannedTransfer,
  planTransfers,
  type TransferResult,
  type WantedTransfer,
} from "../domain/ledger.ts";
import type { Queryable } from "../storage/connect.ts";
import { findTransfersOf, insertTransfers, lockBalances } from "../storage/transfers.ts";

/**
 * Moves money, in the caller's transaction: each wish once, whatever is repeated; a refund only of an
 * existing charge. The wallets concerned stay locked until the transaction ends. Results are in the
 * order of the wishes; `moved` is what was stored.
 */
export async function postTransfers(
  sql: Queryable,
  wanted: readonly WantedTransfer[],
  at: Date,
): Promise<{ results: TransferResult[]; moved: PlannedTransfer[] }> {
  if (wanted.length === 0) return { results: [], moved: [] };
  const balances = await lockBalances(sql, [...new Set(wanted.map((wish) => wish.accountId))]);
  const stored = await findTransfersOf(sql, wanted);
  const { planned, results } = planTransfers(wanted, stored, balances);
  if (planned.length > 0) await insertTransfers(sql, planned, { at });
  return { results, moved: planned };
}

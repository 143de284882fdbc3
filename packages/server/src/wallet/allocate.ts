import { planTransfers } from "../domain/ledger.ts";
import { formatMoney } from "../domain/money.ts";
import { AppError } from "../platform/app-error.ts";
import { withTransaction } from "../storage/connect.ts";
import { findTopup, insertTopup, insertTransfers, lockBalances } from "../storage/transfers.ts";
import type { Topup, TopupDeps } from "./topup.ts";

/** Money that a reseller hands on to one of its customers. */
export interface Allocation extends Topup {
  /** The reseller, whose wallet pays. */
  fromAccountId: string;
}

/**
 * Moves money from a reseller's wallet into a customer's, once for each reference: both entries in one transaction and
 * under one cause, so that what one loses the other gains. Refused with `insufficient_balance` when the reseller's wallet does not hold it: it never
 * falls below zero by this. A repeat answers `repeated: true`; the reference with another amount, or used by somebody
 * else, is a `conflict`. That the customer is the reseller's, and in its currency, is for the caller to know.
 */
export async function allocate(
  deps: TopupDeps,
  wanted: Allocation,
): Promise<{ balance: bigint; repeated: boolean }> {
  const { accountId, fromAccountId, amount, reference } = wanted;
  if (amount <= 0n) throw new AppError("invalid_request", "A top-up is above zero.");
  const nowMs = deps.clock.now();
  const causeId = deps.ids.next(nowMs);
  const at = new Date(nowMs);
  return withTransaction(deps.pool, async (sql) => {
    const balances = await lockBalances(sql, [accountId, fromAccountId]);
    const balance = balances.get(accountId);
    const funds = balances.get(fromAccountId);
    if (balance === undefined || funds === undefined) {
      throw new AppError("not_found", "There is no such account.");
    }
    if (!(await insertTopup(sql, { ...wanted, causeId, at }))) {
      const before = await findTopup(sql, accountId, reference);
      if (before?.amount === amount && before.fromAccountId === fromAccountId) {
        return { balance, repeated: true };
      }
      throw new AppError(
        "conflict",
        `The reference ${reference} was used before; use another one.`,
      );
    }
    if (funds < amount) {
      throw new AppError(
        "insufficient_balance",
        `Your own balance is ${formatMoney(funds)}: top up first, or hand on less.`,
      );
    }
    const wishes = [
      { accountId: fromAccountId, causeId, kind: "allocation", amount },
      { accountId, causeId, kind: "topup", amount },
    ] as const;
    const { planned } = planTransfers(wishes, [], balances);
    await insertTransfers(sql, planned, { at, reference });
    return { balance: balance + amount, repeated: false };
  });
}

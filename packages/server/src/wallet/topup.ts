import { planTransfers } from "../domain/ledger.ts";
import { formatMoney } from "../domain/money.ts";
import { AppError } from "../platform/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Database } from "../storage/connect.ts";
import { withTransaction } from "../storage/connect.ts";
import { findTopup, insertTopup, insertTransfers, lockBalances } from "../storage/transfers.ts";

/** Money that an operator puts into an account's wallet. */
export interface Topup {
  accountId: string;
  /** The operator's own, for example a bank reference: the same one again changes nothing. */
  reference: string;
  /** 1/10,000 units, above zero. */
  amount: bigint;
  note: string;
  /** The token that orders it, or null for the platform itself. */
  createdBy: string | null;
}

/** What a top-up needs besides. */
export interface TopupDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
}

/**
 * Adds money to a wallet, once for each reference. A repeat with the same amount answers the balance
 * and `repeated: true`; with another amount it is refused (`conflict`). Unknown account: `not_found`.
 */
export async function topUp(
  deps: TopupDeps,
  topup: Topup,
): Promise<{ balance: bigint; repeated: boolean }> {
  if (topup.amount <= 0n) throw new AppError("invalid_request", "A top-up is above zero.");
  const nowMs = deps.clock.now();
  const causeId = deps.ids.next(nowMs);
  return withTransaction(deps.pool, async (sql) => {
    const balances = await lockBalances(sql, [topup.accountId]);
    const balance = balances.get(topup.accountId);
    if (balance === undefined) throw new AppError("not_found", "There is no such account.");
    const at = new Date(nowMs);
    if (!(await insertTopup(sql, { ...topup, causeId, at }))) {
      const before = await findTopup(sql, topup.accountId, topup.reference);
      if (before?.amount === topup.amount && before.fromAccountId === null) {
        return { balance, repeated: true };
      }
      throw new AppError(
        "conflict",
        `The reference ${topup.reference} was used for ${formatMoney(before?.amount ?? 0n)}; use another one.`,
      );
    }
    const wish = {
      accountId: topup.accountId,
      causeId,
      kind: "topup",
      amount: topup.amount,
    } as const;
    const { planned } = planTransfers([wish], [], balances);
    await insertTransfers(sql, planned, { at, reference: topup.reference });
    return { balance: balance + topup.amount, repeated: false };
  });
}

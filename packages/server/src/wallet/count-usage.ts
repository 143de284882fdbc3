import { findMessageCountry } from "../domain/erased.ts";
import { findBookAt, findPriceAt, type LoggedPrice } from "../domain/price-history.ts";
import { createUsageCount, startOfDay, type UnitPrice, type UsageLine } from "../domain/usage.ts";
import type { Queryable } from "../storage/connect.ts";
import { listAccountBooks, listLoggedPrices } from "../storage/price-history.ts";
import { listMovements, type MovementPlace } from "../storage/usage.ts";

/** An account whose days are counted. */
export interface CountedAccount {
  accountId: string;
  /** The reseller that owns it. */
  parentId: string | null;
}

const PAGE_ROWS = 5_000;

/**
 * Counts an account's days, `to` not included. What a message cost is told by the log of prices: that of its reseller's
 * book, or else of its own. Where the reseller has no price for what its customer sent, it owes all that the
 * customer paid. Only reads.
 */
export async function countUsage(
  sql: Queryable,
  account: CountedAccount,
  days: { from: string; to: string },
): Promise<UsageLine[]> {
  const count = createUsageCount();
  const findUnit = await openPrices(sql, account);
  const { accountId } = account;
  const span = { accountId, from: startOfDay(days.from), to: startOfDay(days.to) };
  let after: MovementPlace | null = null;
  for (;;) {
    const rows: Awaited<ReturnType<typeof listMovements>> = await listMovements(sql, span, {
      after,
      limit: PAGE_ROWS,
    });
    for (const row of rows) {
      const movement = { ...row, country: findMessageCountry(row.mobile) };
      count.add(movement, findUnit(movement));
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return count.lines();
    after = last.place;
  }
}

interface Charged {
  category: string;
  country: string;
  amount: bigint;
  acceptedAtMs: number;
}

/** Reads the prices of whoever pays the operator: the reseller, or the account itself. */
async function openPrices(
  sql: Queryable,
  { accountId, parentId }: CountedAccount,
): Promise<(charged: Charged) => UnitPrice> {
  const books = await listAccountBooks(sql, parentId ?? accountId);
  const logs = new Map<string, LoggedPrice[]>();
  for (const { priceBookId } of books) {
    if (!logs.has(priceBookId)) logs.set(priceBookId, await listLoggedPrices(sql, priceBookId));
  }
  // A book has hundreds of prices and a day a million messages: each is held against the few that can be its own.
  const concerned = new Map<string, LoggedPrice[]>();
  const findConcerned = (bookId: string, { category, country }: Charged) => {
    const key = `${bookId} ${category} ${country}`;
    const known = concerned.get(key);
    if (known) return known;
    const found = (logs.get(bookId) ?? []).filter(
      (price) => price.category === category && ["*", country].includes(price.country),
    );
    concerned.set(key, found);
    return found;
  };
  return (charged) => {
    const bookId = findBookAt(books, charged.acceptedAtMs);
    const log = bookId === null ? [] : findConcerned(bookId, charged);
    const price = findPriceAt(log, charged, charged.acceptedAtMs);
    if (parentId === null) return { wholesale: null, cost: price?.cost ?? 0n };
    return { wholesale: price?.amount ?? charged.amount, cost: price?.cost ?? 0n };
  };
}

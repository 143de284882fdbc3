import type { MessageCategory } from "./account-snapshot.ts";

/*
 * What was in force at a moment, as it was known then. A price can be set for the past, and the amount of one can be
 * replaced: neither changes what was true when a message was accepted. So the log has both times of every price: from when
 * on it counts, and when somebody set it.
 */

/** A price as it was set. Amounts in 1/10,000. */
export interface LoggedPrice {
  /** ISO code, or `*` for every country without a price of its own. */
  country: string;
  category: MessageCategory;
  amount: bigint;
  /** What the operator pays. */
  cost: bigint;
  validFromMs: number;
  recordedAtMs: number;
}

/** Which price book an account paid by since a moment. */
export interface LoggedBook {
  priceBookId: string;
  sinceMs: number;
}

/**
 * The price at a moment: the country's own, else that for all (`*`); of those that counted by then and were known by
 * then the latest start, and of one start the one that was set last. Null when there was none.
 */
export function findPriceAt(
  log: readonly LoggedPrice[],
  wanted: { country: string; category: string },
  atMs: number,
): LoggedPrice | null {
  const known = log.filter(
    (price) =>
      price.category === wanted.category && price.validFromMs <= atMs && price.recordedAtMs <= atMs,
  );
  const latest = (country: string) =>
    known
      .filter((price) => price.country === country)
      .reduce<LoggedPrice | null>((best, price) => (isLater(price, best) ? price : best), null);
  return latest(wanted.country) ?? latest("*");
}

/** The book at a moment; before the first that is known, the first. Null when none is known. */
export function findBookAt(log: readonly LoggedBook[], atMs: number): string | null {
  const known = log.toSorted((left, right) => left.sinceMs - right.sinceMs);
  return (known.findLast(({ sinceMs }) => sinceMs <= atMs) ?? known[0])?.priceBookId ?? null;
}

function isLater(price: LoggedPrice, best: LoggedPrice | null): boolean {
  if (best === null || price.validFromMs > best.validFromMs) return true;
  return price.validFromMs === best.validFromMs && price.recordedAtMs >= best.recordedAtMs;
}

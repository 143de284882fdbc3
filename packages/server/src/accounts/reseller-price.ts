import { formatMoney } from "../domain/money.ts";
import { findPriceAt, type LoggedPrice } from "../domain/price-history.ts";
import { findAccount } from "../storage/accounts.ts";
import type { Queryable } from "../storage/connect.ts";
import { listLoggedPrices } from "../storage/price-history.ts";
import { refuseField } from "./check-fields.ts";

/** A price that a reseller sets in a book of its own. */
export interface ResellerPrice {
  resellerId: string;
  priceBookId: string;
  country: string;
  category: LoggedPrice["category"];
  amount: bigint;
  validFrom: Date;
  recordedAt: Date;
}

/**
 * Refuses a price below what the reseller pays itself, and one for what it has no price for. Its customers' messages are
 * settled the day after: cheaper ones would be sent on the operator's credit. A price for all countries is held against each
 * one that it would stand for.
 */
export async function checkResellerPrice(sql: Queryable, price: ResellerPrice): Promise<void> {
  const { category, country } = price;
  const reseller = await findAccount(sql, price.resellerId);
  const paid = reseller?.priceBookId ? await listLoggedPrices(sql, reseller.priceBookId) : [];
  const own = await listLoggedPrices(sql, price.priceBookId);
  const atMs = Math.max(price.validFrom.getTime(), price.recordedAt.getTime());
  const ownCountries = new Set(
    own
      .filter((each) => each.category === category && each.validFromMs <= atMs)
      .map((each) => each.country),
  );
  const countries =
    country === "*"
      ? ["*", ...paid.map((each) => each.country).filter((each) => !ownCountries.has(each))]
      : [country];
  const floors = countries.flatMap(
    (each) => findPriceAt(paid, { country: each, category }, atMs) ?? [],
  );
  if (floors.length === 0) {
    refuseField("category", "you have no price for this yourself; ask your operator for one");
  }
  const floor = floors.reduce((dearest, each) => (each.amount > dearest.amount ? each : dearest));
  if (price.amount < floor.amount) {
    const place = floor.country === "*" ? "" : ` in ${floor.country}`;
    refuseField(
      "amount",
      `is below the ${formatMoney(floor.amount)} that you pay yourself${place}`,
    );
  }
}

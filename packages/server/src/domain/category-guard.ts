import { formatMoney } from "./money.ts";
import type { TemplateCategory } from "./template.ts";

/*
 * WhatsApp moves templates between categories by itself, and categories differ in price. Nobody should learn of it from an
 * empty wallet: when a template becomes dearer, some messages of it still leave and then somebody must decide.
 */

/** What a category cost before and costs now, in one country; 1/10,000 of the currency's unit, as text. */
export interface GuardPrice {
  /** ISO code. */
  country: string;
  before: string;
  now: string;
}

/** A decision that somebody owes: is the dearer category paid? */
export interface TemplateGuard {
  /** `waiting`: sends until the limit. `rejected`: somebody said no, nothing is sent. */
  state: "waiting" | "rejected";
  /** The last category that was agreed to. */
  before: TemplateCategory;
  now: TemplateCategory;
  currency: string;
  /** Of the account's countries in which it became dearer. */
  prices: GuardPrice[];
  /** ISO 8601: when the category changed, by the provider's clock where it told it. */
  at: string;
}

/** What the guard has to say about a template's move to another category. */
export type GuardVerdict =
  | { kind: "none" }
  | { kind: "guard"; guard: TemplateGuard }
  /** It is no dearer any more than what was agreed to. */
  | { kind: "lift" };

/** A template's move to another category, and what is known of prices. */
export interface CategoryMove {
  from: TemplateCategory;
  to: TemplateCategory;
  /** What is waiting for a decision already. */
  guard: TemplateGuard | null;
  currency: string;
  countries: readonly string[];
  /** The price in a country, in 1/10,000; null: none, so nothing can be sent there. */
  priceOf(country: string, category: TemplateCategory): bigint | null;
  at: Date;
}

/**
 * Judges a move: a guard when any country of the account becomes dearer than what was last agreed to, even if others become
 * cheaper. A country without a price on either side says nothing: nothing can be sent there.
 */
export function judgeCategoryMove(move: CategoryMove): GuardVerdict {
  const agreed = move.guard?.before ?? move.from;
  const prices = move.countries.flatMap((country): GuardPrice[] => {
    const [before, now] = [move.priceOf(country, agreed), move.priceOf(country, move.to)];
    if (before === null || now === null || now <= before) return [];
    return [{ country, before: String(before), now: String(now) }];
  });
  if (prices.length === 0) return { kind: move.guard === null ? "none" : "lift" };
  const { to: now, currency } = move;
  const at = move.at.toISOString();
  return {
    kind: "guard",
    guard: { state: "waiting", before: agreed, now, currency, prices, at },
  };
}

/** Whether a guarded template may not be sent: somebody said no, or so many messages have left already. */
export function isStopped(guard: TemplateGuard, used: number, limit: number): boolean {
  return guard.state === "rejected" || used >= limit;
}

/** The guard as others read it: amounts as decimals of the currency. */
export function showGuard(guard: TemplateGuard) {
  const { state, before, now, currency, at } = guard;
  const prices = guard.prices.map(({ country, ...price }) => ({
    country,
    before: formatMoney(BigInt(price.before)),
    now: formatMoney(BigInt(price.now)),
  }));
  return { state, before, now, currency, prices, at };
}

/** What happened and both prices, in a sentence. */
export function describeGuard(guard: TemplateGuard): string {
  const { before, now, currency, prices } = showGuard(guard);
  const amounts = prices.map(
    (price) => `in ${price.country} ${price.before} before and ${price.now} ${currency} now`,
  );
  return `WhatsApp moved it from ${before} to ${now}, which costs more: ${amounts.join(", ")}.`;
}

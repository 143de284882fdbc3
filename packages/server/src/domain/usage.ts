/**
 * A day of an account, counted: how many messages of a category, a country and a price were charged, given back, and
 * taken again. The day is that of the movement (UTC), the price that which was charged, and what the reseller owes and
 * the operator paid for it that which was in force when the message was accepted.
 */

/** A movement of a message's money, with what is known of the message. */
export interface Movement {
  kind: "charge" | "refund" | "refund-reversal";
  /** 1/10,000. */
  amount: bigint;
  /** Of the movement. */
  atMs: number;
  /** Of the message's charge. */
  acceptedAtMs: number;
  category: string;
  mobile: string;
}

/** What one message brings and costs. Amounts in 1/10,000. */
export interface UnitPrice {
  /** What its reseller owes for it; null without a reseller. */
  wholesale: bigint | null;
  /** What the operator paid. */
  cost: bigint;
}

/** A line of a day. Amounts in 1/10,000. */
export interface UsageLine extends UnitPrice {
  /** `YYYY-MM-DD`, UTC. */
  day: string;
  category: string;
  country: string;
  /** What the account paid for each. */
  price: bigint;
  charged: number;
  refunded: number;
  reversed: number;
}

/** Gathers movements into lines. */
export interface UsageCount {
  add(movement: Movement & { country: string }, unit: UnitPrice): void;
  /** By day, then in the order in which they first came. */
  lines(): UsageLine[];
}

/** An empty {@link UsageCount}. */
export function createUsageCount(): UsageCount {
  const lines = new Map<string, UsageLine>();
  return {
    add({ kind, amount, atMs, category, country }, { wholesale, cost }) {
      const day = dayOf(atMs);
      const key = [day, category, country, amount, wholesale, cost].join(" ");
      const line = lines.get(key) ?? {
        ...{ day, category, country, price: amount, wholesale, cost },
        ...{ charged: 0, refunded: 0, reversed: 0 },
      };
      if (kind === "charge") line.charged += 1;
      if (kind === "refund") line.refunded += 1;
      if (kind === "refund-reversal") line.reversed += 1;
      lines.set(key, line);
    },
    lines: () => [...lines.values()].toSorted((left, right) => (left.day < right.day ? -1 : 1)),
  };
}

/** Messages that were paid for in the end, as far as this line goes; below zero when more came back. */
export function countKept(line: Pick<UsageLine, "charged" | "refunded" | "reversed">): number {
  return line.charged - line.refunded + line.reversed;
}

/** The UTC day of a moment, `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** When a UTC day begins. */
export function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

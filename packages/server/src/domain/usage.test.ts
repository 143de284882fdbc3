import assert from "node:assert/strict";
import { test } from "node:test";
import { countKept, createUsageCount, dayOf, type Movement, startOfDay } from "./usage.ts";

const DAY = Date.UTC(2026, 10, 22);
const UNIT = { wholesale: 200n, cost: 100n };
const movement = (facts: Partial<Movement & { country: string }> = {}) => ({
  kind: "charge" as const,
  amount: 300n,
  atMs: DAY,
  acceptedAtMs: DAY,
  category: "utility",
  mobile: "573001234567",
  country: "CO",
  ...facts,
});

test("alike movements are one line that tells what was charged, given back and taken again", () => {
  const count = createUsageCount();
  for (const kind of [
    "charge",
    "charge",
    "charge",
    "refund",
    "refund",
    "refund-reversal",
  ] as const) {
    count.add(movement({ kind }), UNIT);
  }
  assert.deepEqual(count.lines(), [
    {
      ...{ day: "2026-11-22", category: "utility", country: "CO", price: 300n },
      ...{ wholesale: 200n, cost: 100n, charged: 3, refunded: 2, reversed: 1 },
    },
  ]);
});

test("what differs in day, category, country, price, debt or cost is never added up", () => {
  const count = createUsageCount();
  count.add(movement(), UNIT);
  count.add(movement({ atMs: DAY + 86_400_000 }), UNIT);
  count.add(movement({ category: "marketing" }), UNIT);
  count.add(movement({ country: "MX" }), UNIT);
  count.add(movement({ amount: 301n }), UNIT);
  count.add(movement(), { ...UNIT, wholesale: null });
  count.add(movement(), { ...UNIT, cost: 101n });
  assert.deepEqual(
    count.lines().map(({ charged }) => charged),
    Array.from({ length: 7 }, () => 1),
  );
});

test("numbers that stand beside each other are not run together", () => {
  const count = createUsageCount();
  count.add(movement({ amount: 12n }), { wholesale: 3n, cost: 1n });
  count.add(movement({ amount: 1n }), { wholesale: 23n, cost: 1n });
  assert.equal(count.lines().length, 2);
});

test("a movement counts on its own day, not on that of its message", () => {
  const count = createUsageCount();
  count.add(movement({ kind: "refund", atMs: DAY + 86_400_000, acceptedAtMs: DAY }), UNIT);
  assert.equal(count.lines()[0]?.day, "2026-11-23");
});

test("lines come by day, and within a day as they first came", () => {
  const count = createUsageCount();
  const order = [
    [1, "c"],
    [0, "b"],
    [1, "a"],
    [0, "a"],
    [0, "c"],
  ] as const;
  for (const [day, category] of order) {
    count.add(movement({ atMs: DAY + day * 86_400_000, category }), UNIT);
  }
  assert.deepEqual(
    count.lines().map(({ day, category }) => `${day.slice(-2)} ${category}`),
    ["22 b", "22 a", "22 c", "23 c", "23 a"],
  );
});

test("what was kept is what was charged, less what was given back, and what was taken again", () => {
  assert.equal(countKept({ charged: 10, refunded: 4, reversed: 1 }), 7);
  assert.equal(countKept({ charged: 0, refunded: 2, reversed: 0 }), -2);
});

test("a day is UTC's, from its first millisecond to its last", () => {
  assert.equal(startOfDay("2026-11-22").getTime(), DAY);
  assert.deepEqual(
    [dayOf(DAY - 1), dayOf(DAY), dayOf(DAY + 86_399_999)],
    ["2026-11-21", "2026-11-22", "2026-11-22"],
  );
});

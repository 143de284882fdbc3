import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findBookAt, findPriceAt, type LoggedPrice } from "./price-history.ts";

/** Set at `recordedAtMs` to count from `validFromMs` on. */
function price(
  amount: bigint,
  validFromMs: number,
  ...more: [recordedAtMs?: number, country?: string]
): LoggedPrice {
  const [recordedAtMs = validFromMs, country = "*"] = more;
  return { amount, cost: 0n, validFromMs, recordedAtMs, country, category: "utility" };
}

const wanted = { country: "CO", category: "utility" };
const at = (log: LoggedPrice[], ms: number) => findPriceAt(log, wanted, ms)?.amount ?? null;

describe("the price at a moment", () => {
  test("is the latest that counted by then, and none before the first", () => {
    const log = [price(1n, 100), price(2n, 200)];
    assert.deepEqual([at(log, 99), at(log, 100), at(log, 199), at(log, 200)], [null, 1n, 1n, 2n]);
  });

  test("is not one that was set later for the past", () => {
    const log = [price(1n, 100), price(9n, 150, 300)];
    assert.deepEqual([at(log, 200), at(log, 299), at(log, 300)], [1n, 1n, 9n]);
  });

  test("is the one that replaced another, from the moment at which it did", () => {
    const log = [price(1n, 100), price(9n, 100, 300)];
    assert.deepEqual([at(log, 299), at(log, 300)], [1n, 9n]);
    assert.deepEqual([at(log.toReversed(), 299), at(log.toReversed(), 300)], [1n, 9n]);
  });

  test("set for a day to come counts from that day on", () => {
    const log = [price(1n, 100), price(2n, 500, 200)];
    assert.deepEqual([at(log, 499), at(log, 500)], [1n, 2n]);
  });

  test("of the country itself goes before that of all, however old", () => {
    const log = [price(1n, 100, 100, "CO"), price(2n, 300), price(3n, 100, 100, "MX")];
    assert.deepEqual([at(log, 50), at(log, 400)], [null, 1n]);
    assert.equal(findPriceAt(log, { ...wanted, country: "US" }, 400)?.amount, 2n);
    assert.equal(findPriceAt(log, { ...wanted, category: "marketing" }, 400), null);
  });
});

test("the book at a moment is the last one given, and the first for what was before any was written down", () => {
  const log = [
    { priceBookId: "b", sinceMs: 200 },
    { priceBookId: "a", sinceMs: 100 },
  ];
  assert.deepEqual(
    [50, 100, 199, 200].map((ms) => findBookAt(log, ms)),
    ["a", "a", "a", "b"],
  );
  assert.equal(findBookAt([], 1), null);
});

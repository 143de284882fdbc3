import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { formatMoney, MONEY_MAX, parseMoney } from "./money.ts";

describe("money", () => {
  test("is read exactly, to four decimals", () => {
    assert.equal(parseMoney("125.50"), 1_255_000n);
    assert.equal(parseMoney("125"), 1_250_000n);
    assert.equal(parseMoney("0.0001"), 1n);
    assert.equal(parseMoney("-3.2"), -32_000n);
    assert.equal(parseMoney("0.1"), 1_000n);
  });

  for (const text of [
    "",
    " 1",
    "1 ",
    "1.",
    ".5",
    "1,5",
    "1e3",
    "0x10",
    "1.00000",
    "+1",
    "--1",
    "1\n",
    "٣",
  ]) {
    test(`is not read from ${JSON.stringify(text)}`, () => {
      assert.equal(parseMoney(text), null);
    });
  }

  test("beyond its limit is refused, not rounded", () => {
    assert.equal(parseMoney("1000000000000"), MONEY_MAX);
    assert.equal(parseMoney("1000000000000.0001"), null);
    assert.equal(parseMoney("9".repeat(40)), null);
  });

  test("is written with two to four decimals", () => {
    assert.equal(formatMoney(1_250_000_000n), "125000.00");
    assert.equal(formatMoney(1_255_000n), "125.50");
    assert.equal(formatMoney(1_250_010n), "125.001");
    assert.equal(formatMoney(1_250_100n), "125.01");
    assert.equal(formatMoney(-1n), "-0.0001");
    assert.equal(formatMoney(0n), "0.00");
  });

  test("written and read again is the same", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -MONEY_MAX, max: MONEY_MAX }), (amount) => {
        assert.equal(parseMoney(formatMoney(amount)), amount);
      }),
    );
  });
});

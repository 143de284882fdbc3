import assert from "node:assert/strict";
import { test } from "node:test";
import { readMoney } from "./read-money.ts";

test("thousands are those of the language in which they are typed", () => {
  assert.equal(readMoney("50.000", "es"), "50000");
  assert.equal(readMoney("$ 1.234.567,5", "es"), "1234567.5");
  assert.equal(readMoney("50,000", "en"), "50000");
  assert.equal(readMoney("1,234,567.5", "en"), "1234567.5");
});

test("a plain number is what it says, with either sign before its decimals", () => {
  for (const language of ["es", "en"] as const) {
    assert.equal(readMoney("50000", language), "50000");
    assert.equal(readMoney("29,5", language), "29.5");
    assert.equal(readMoney("29.5", language), "29.5");
    assert.equal(readMoney(" 0.125 ", language), "0.125");
  }
});

test("what is no amount is none", () => {
  for (const text of [
    "",
    "-5",
    "1e9",
    "1.2.3",
    "12.34.567",
    "abc",
    "1,5,5",
    "0,12345",
    "9".repeat(13),
  ]) {
    assert.equal(readMoney(text, "es"), null, text);
    assert.equal(readMoney(text, "en"), null, text);
  }
  assert.equal(readMoney("1.000.000.000.000", "es"), null);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { readMoney } from "./read-money.ts";

test("thousands are those of the language in which they are typed", () => {
  assert.equal(readMoney("50.000", "es"), "50000");
  assert.equal(readMoney("$ 1.234.567,5", "es"), "1234567.5");
  assert.equal(readMoney("50,000", "en"), "50000");
  assert.equal(readMoney("1,234,567.5", "en"), "1234567.5");
});

test("nobody's five thousand becomes five, in whatever way it is written", () => {
  for (const typed of [
    "5000",
    "5.000",
    "$5.000",
    " $ 5.000 ",
    "5 000",
    "5\u00a0000",
    "5.000,00",
    "5000,0",
  ]) {
    assert.equal(Number(readMoney(typed, "es")), 5_000, typed);
  }
  for (const typed of ["5000", "5,000", "$5,000", " $ 5,000 ", "5 000", "5,000.00", "5000.0"]) {
    assert.equal(Number(readMoney(typed, "en")), 5_000, typed);
  }
  for (const ambiguous of ["5.0000", "1234.567"]) {
    assert.equal(readMoney(ambiguous, "es"), null, ambiguous);
  }
  for (const ambiguous of ["5,0000", "1234,567"]) {
    assert.equal(readMoney(ambiguous, "en"), null, ambiguous);
  }
});

test("a plain number is what it says, with either sign before its decimals", () => {
  for (const language of ["es", "en"] as const) {
    assert.equal(readMoney("50000", language), "50000");
    assert.equal(readMoney("29,5", language), "29.5");
    assert.equal(readMoney("29.5", language), "29.5");
    assert.equal(readMoney(" 0.125 ", language), "0.125");
    assert.equal(readMoney("0,0125", language), "0.0125");
  }
});

test("what is no amount is none", () => {
  for (const text of [
    "",
    "-5",
    "1e9",
    "1.2.3",
    "5.",
    ".5",
    "5.00.0",
    "1.2.3,4",
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

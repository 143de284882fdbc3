import assert from "node:assert/strict";
import { test } from "node:test";
import { readAmount } from "./read-amount.ts";

test("an amount is read as the page's language writes it: nobody's five thousand becomes five", () => {
  const read = {
    es: { "5.000": "5000", "1.234.567,5": "1234567.5", "29,5": "29.5", "29.5": "29.5" },
    en: { "5,000": "5000", "1,234,567.5": "1234567.5", "29.5": "29.5", "29,5": "29.5" },
  };
  for (const language of ["es", "en"] as const) {
    for (const [typed, amount] of Object.entries(read[language])) {
      assert.equal(readAmount(typed, language), amount, `${typed} in ${language}`);
    }
    assert.equal(readAmount(" $ 50000 ", language), "50000");
    for (const bad of ["", "-5", "1e3", "5.00.0", "12,34,5", "abc", "1.2.3,4", "9".repeat(16)]) {
      assert.equal(readAmount(bad, language), null, bad);
    }
  }
  assert.equal(readAmount("5.000", "en"), "5.000");
  assert.equal(readAmount("5,000", "es"), "5.000");
});

import assert from "node:assert/strict";
import { before, test } from "node:test";
import i18next from "i18next";
import { formatMoney, parseMoney } from "./format-money.ts";

before(() => i18next.init({ lng: "es", resources: {} }));

test("an amount is read exactly, and what is no amount is not read", () => {
  assert.equal(parseMoney("1234.5"), 12_345_000n);
  assert.equal(parseMoney("-0.0001"), -1n);
  assert.equal(parseMoney("999999999999999.9999"), 9_999_999_999_999_999_999n);
  for (const text of ["", "1,5", "1.23456", "1e3", "abc", "--1"])
    assert.equal(parseMoney(text), null, text);
});

test("money is shown with its currency, two decimals, and more only where there are more", () => {
  const plain = (text: string) => text.replace(/\s/gu, " ");
  assert.equal(plain(formatMoney("1234.5", "COP")), "$ 1.234,50");
  assert.equal(plain(formatMoney("0.0325", "USD")), "$ 0,0325");
  assert.equal(plain(formatMoney("-12.1", "COP")), "−$ 12,10");
  assert.equal(
    plain(formatMoney(9_007_199_254_740_993_0000n, "COP")),
    "$ 9.007.199.254.740.993,00",
  );
});

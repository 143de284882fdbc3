import assert from "node:assert/strict";
import { test } from "node:test";
import { formatAmount } from "./format-amount.ts";
import { formatAgo, formatSpan } from "./format-moment.ts";

const flat = (text: string) => text.replace(/[\u00a0\u202f]/gu, " ");

test("an amount keeps every digit of the ledger, beyond what a float could hold", () => {
  assert.equal(
    flat(formatAmount("90071992547409930.1234", "COP")),
    "$ 90.071.992.547.409.930,1234",
  );
  assert.equal(flat(formatAmount("-125.50", "COP")), "-$ 125,50");
  assert.equal(flat(formatAmount("300", "COP")), "$ 300");
});

test("a moment says how long ago it was, and beyond a week which day", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  assert.match(formatAgo("2026-11-22T11:57:00Z", now), /hace 3 min/u);
  assert.match(formatAgo("2026-11-22T14:00:00Z", now), /2 h/u);
  assert.match(formatAgo("2026-10-01T12:00:00Z", now), /2026/u);
});

test("a span is said in the unit that people would use", () => {
  assert.deepEqual([85, 1_400, 180_000, 5_400_000].map(formatSpan).map(flat), [
    "85 ms",
    "1,4 s",
    "3 min",
    "1,5 h",
  ]);
});

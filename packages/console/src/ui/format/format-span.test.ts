import assert from "node:assert/strict";
import { test } from "node:test";
import { formatSpan } from "./format-span.ts";

const flat = (text: string) => text.replace(/[\u00a0\u202f]/gu, " ");

test("a span is said in the unit that people would use", () => {
  assert.deepEqual([85, 1_400, 180_000, 5_400_000].map(formatSpan).map(flat), [
    "85 ms",
    "1,4 s",
    "3 min",
    "1,5 h",
  ]);
});

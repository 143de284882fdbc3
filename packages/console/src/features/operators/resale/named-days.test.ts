import assert from "node:assert/strict";
import { test } from "node:test";
import { countDays, dayBefore, daysOf } from "./named-days.ts";

const at = (text: string) => Date.parse(text);

test("this month is up to today, and the last one is whole, also across a year", () => {
  assert.deepEqual(daysOf("month", at("2026-11-23T23:59:59Z")), {
    from: "2026-11-01",
    to: "2026-11-23",
  });
  assert.deepEqual(daysOf("lastMonth", at("2026-01-31T12:00:00Z")), {
    from: "2025-12-01",
    to: "2025-12-31",
  });
  assert.deepEqual(daysOf("lastMonth", at("2028-03-31T00:00:00Z")), {
    from: "2028-02-01",
    to: "2028-02-29",
  });
});

test("days are the books' own: in the evening of Bogotá it is tomorrow there already", () => {
  assert.equal(daysOf("month", at("2026-11-30T19:30:00-05:00")).from, "2026-12-01");
});

test("ninety days and a year are so many, and never more than the server tells at once", () => {
  const nowMs = at("2026-11-23T12:00:00Z");
  assert.equal(countDays(daysOf("quarter", nowMs)), 90);
  assert.equal(countDays(daysOf("year", nowMs)), 365);
  assert.ok(countDays({ from: "2026-11-02", to: "2026-11-01" }) <= 0);
  assert.ok(Number.isNaN(countDays({ from: "", to: "2026-11-01" })));
});

test("the day before the first of a month is the last of the month before", () => {
  assert.equal(dayBefore("2026-03-01"), "2026-02-28");
  assert.equal(dayBefore("2026-01-01"), "2025-12-31");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { keepWithin, stepDay } from "./step-day.ts";

const step = (day: string, key: string, shiftKey = false) => stepDay(day, { key, shiftKey });

test("arrows go by days and weeks, over the ends of months and years", () => {
  assert.equal(step("2026-11-01", "ArrowLeft"), "2026-10-31");
  assert.equal(step("2026-12-31", "ArrowRight"), "2027-01-01");
  assert.equal(step("2026-11-03", "ArrowUp"), "2026-10-27");
  assert.equal(step("2028-02-26", "ArrowDown"), "2028-03-04");
});

test("Home and End go to the Monday and the Sunday of the week", () => {
  // 2026-11-25 is a Wednesday.
  for (const day of ["2026-11-23", "2026-11-25", "2026-11-29"]) {
    assert.equal(step(day, "Home"), "2026-11-23", day);
    assert.equal(step(day, "End"), "2026-11-29", day);
  }
});

test("pages are months, with Shift years, and a day that a month has not is its last", () => {
  assert.equal(step("2026-11-25", "PageUp"), "2026-10-25");
  assert.equal(step("2026-12-31", "PageDown"), "2027-01-31");
  assert.equal(step("2026-03-31", "PageUp"), "2026-02-28");
  assert.equal(step("2028-02-29", "PageDown", true), "2029-02-28");
  assert.equal(step("2026-11-25", "PageUp", true), "2025-11-25");
});

test("other keys lead nowhere, and no step leaves what may be chosen", () => {
  for (const key of ["Enter", " ", "a", "Tab", "Escape"])
    assert.equal(step("2026-11-25", key), null);
  assert.equal(keepWithin("2026-11-25", "2026-11-26", "2026-12-01"), "2026-11-26");
  assert.equal(keepWithin("2026-12-25", "2026-11-26", "2026-12-01"), "2026-12-01");
  assert.equal(keepWithin("2026-11-27", "2026-11-26", "2026-12-01"), "2026-11-27");
});

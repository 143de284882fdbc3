import assert from "node:assert/strict";
import { test } from "node:test";
import { windowLeft } from "./window-left.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

test("a window is open until its last minute is over, and never a minute longer", () => {
  const cases: [string | null, string, number, number][] = [
    ["2026-11-23T11:59:30Z", "open", 24, 0],
    ["2026-11-22T15:00:01Z", "open", 3, 1],
    ["2026-11-22T15:00:00Z", "soon", 3, 0],
    ["2026-11-22T12:00:01Z", "soon", 0, 1],
    ["2026-11-22T12:00:00Z", "closed", 0, 0],
    ["2026-11-01T00:00:00Z", "closed", 0, 0],
    ["no moment", "closed", 0, 0],
    [null, "closed", 0, 0],
  ];
  for (const [expiresAt, state, hours, minutes] of cases) {
    assert.deepEqual(windowLeft(expiresAt, NOW), { state, hours, minutes }, String(expiresAt));
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayOf, listDays, nextDay, startOfDay } from "./local-day.ts";

test("a day is that of the clocks there", () => {
  assert.equal(dayOf(new Date("2026-11-23T04:59:59.999Z"), "America/Bogota"), "2026-11-22");
  assert.equal(dayOf(new Date("2026-11-23T05:00:00Z"), "America/Bogota"), "2026-11-23");
});

test("days follow each other over months, leap days and years", () => {
  assert.deepEqual(["2026-12-31", "2028-02-28", "2028-02-29", "2026-02-28"].map(nextDay), [
    "2027-01-01",
    "2028-02-29",
    "2028-03-01",
    "2026-03-01",
  ]);
});

test("a list of days has both ends, and is empty when it would go back", () => {
  assert.deepEqual(listDays("2026-10-30", "2026-11-02"), [
    "2026-10-30",
    "2026-10-31",
    "2026-11-01",
    "2026-11-02",
  ]);
  assert.deepEqual(listDays("2026-11-02", "2026-11-02"), ["2026-11-02"]);
  assert.deepEqual(listDays("2026-11-02", "2026-11-01"), []);
});

test("a day begins where the clocks say so, at both ends of the world and where midnight is skipped", () => {
  const starts = [
    ["2026-11-22", "America/Bogota", "2026-11-22T05:00:00.000Z"],
    ["2026-11-22", "Pacific/Kiritimati", "2026-11-21T10:00:00.000Z"],
    ["2026-11-22", "Etc/GMT+12", "2026-11-22T12:00:00.000Z"],
    // Chile moves from 24:00 to 01:00: its day begins at 01:00.
    ["2026-09-06", "America/Santiago", "2026-09-06T04:00:00.000Z"],
  ] as const;
  for (const [day, zone, start] of starts) {
    assert.equal(startOfDay(day, zone).toISOString(), start, zone);
  }
});

test("the first millisecond of a day is in it, and the one before is not, whatever zone and day", () => {
  const zones = ["America/Bogota", "America/Santiago", "Europe/Madrid", "Pacific/Chatham"];
  const anyDay = fc
    .date({ min: new Date("2020-01-01"), max: new Date("2035-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(anyDay, fc.constantFrom(...zones), (day, zone) => {
      const start = startOfDay(day, zone).getTime();
      assert.equal(dayOf(new Date(start), zone), day);
      assert.ok(dayOf(new Date(start - 1), zone) < day);
    }),
    { numRuns: 50 },
  );
});

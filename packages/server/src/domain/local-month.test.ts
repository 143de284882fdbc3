import assert from "node:assert/strict";
import { test } from "node:test";
import { isMonth, monthOf, nextMonth, startOfMonth } from "./local-month.ts";

const starts: [month: string, zone: string, begins: string][] = [
  ["2026-11", "America/Bogota", "2026-11-01T05:00:00.000Z"],
  ["2026-11", "UTC", "2026-11-01T00:00:00.000Z"],
  ["2026-11", "Asia/Kolkata", "2026-10-31T18:30:00.000Z"],
  ["2026-12", "Pacific/Kiritimati", "2026-11-30T10:00:00.000Z"],
  ["2026-12", "Etc/GMT+12", "2026-12-01T12:00:00.000Z"],
  // Chile moves its clocks on the night before a first Sunday; this one is none.
  ["2026-04", "America/Santiago", "2026-04-01T03:00:00.000Z"],
  // Paraguay went forward at midnight of the first of October 2017: 00:00 did not exist.
  ["2017-10", "America/Asuncion", "2017-10-01T04:00:00.000Z"],
];
for (const [month, zone, begins] of starts) {
  test(`${month} begins in ${zone} when its clocks say so`, () => {
    const start = startOfMonth(month, zone);
    assert.equal(start.toISOString(), begins);
    assert.equal(monthOf(start, zone), month);
    assert.notEqual(monthOf(new Date(start.getTime() - 1), zone), month);
  });
}

test("months follow one another over the year's end", () => {
  assert.equal(nextMonth("2026-12"), "2027-01");
  assert.equal(nextMonth("2026-01"), "2026-02");
});

test("nothing but a month is a month", () => {
  for (const text of ["2026-13", "2026-00", "2026-1", "1999-12", "2026-11-01", "", "２０２６-11"]) {
    assert.equal(isMonth(text), false, text);
  }
  assert.equal(isMonth("2026-11"), true);
});

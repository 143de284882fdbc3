import assert from "node:assert/strict";
import { test } from "node:test";
import { readDay, writeDay } from "./read-day.ts";

test("a day is read with the day before the month, in whatever way it is written", () => {
  for (const typed of [
    ...["4/10/2026", "04/10/2026", "04-10-2026", "4.10.2026", " 04 / 10 / 2026 "],
    ...["04102026", "2026-10-04"],
  ]) {
    assert.equal(readDay(typed), "2026-10-04", typed);
  }
});

test("what is no day of the calendar, or half of one, is none", () => {
  for (const typed of [
    ...["", "hoy", "31/02/2026", "29/02/2027", "00/10/2026", "32/01/2026", "10/13/2026"],
    ...["4/10", "4/10/26", "4/10/202", "4/10/20261", "2026-10-4", "20261004", "-4/10/2026"],
  ]) {
    assert.equal(readDay(typed), null, typed);
  }
  assert.equal(readDay("29/02/2028"), "2028-02-29");
});

test("what a field shows is read as the same day", () => {
  for (const day of ["2026-01-02", "2028-02-29", "2099-12-31"]) {
    assert.equal(readDay(writeDay(day)), day);
  }
  assert.equal(writeDay("2026-10-04"), "04/10/2026");
});

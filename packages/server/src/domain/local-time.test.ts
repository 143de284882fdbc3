import assert from "node:assert/strict";
import { test } from "node:test";
import { formatLocalTime, isTimeZone } from "./local-time.ts";

test("formatLocalTime gives the zone's own clock with two digits everywhere", () => {
  const date = new Date("2026-11-22T15:05:09.999Z");
  assert.equal(formatLocalTime(date, "America/Bogota"), "2026-11-22 10:05:09");
  assert.equal(formatLocalTime(date, "UTC"), "2026-11-22 15:05:09");
  assert.equal(formatLocalTime(date, "Asia/Kolkata"), "2026-11-22 20:35:09");
});

test("midnight is 00, never 24, and belongs to the new day", () => {
  const date = new Date("2026-01-01T05:00:00Z");
  assert.equal(formatLocalTime(date, "America/Bogota"), "2026-01-01 00:00:00");
});

test("daylight saving follows the date", () => {
  assert.equal(
    formatLocalTime(new Date("2026-07-01T12:00:00Z"), "Europe/Madrid"),
    "2026-07-01 14:00:00",
  );
  assert.equal(
    formatLocalTime(new Date("2026-12-01T12:00:00Z"), "Europe/Madrid"),
    "2026-12-01 13:00:00",
  );
});

test("an unknown zone is refused by name", () => {
  assert.throws(() => formatLocalTime(new Date(), "America/Macondo"), /America\/Macondo/);
  assert.equal(isTimeZone("America/Macondo"), false);
  assert.equal(isTimeZone("America/Bogota"), true);
});

test("a thousand spellings of zones do not make it forget how to tell the time, nor remember them all", () => {
  const spell = (number: number) =>
    [..."america/bogota"]
      .map((letter, at) => ((number >> at) & 1 ? letter.toUpperCase() : letter))
      .join("");
  const moment = new Date("2026-11-22T15:15:30Z");
  for (let number = 0; number < 1_100; number += 1) {
    assert.equal(formatLocalTime(moment, spell(number)), "2026-11-22 10:15:30");
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import i18next from "i18next";
import { formatCalendarDay, formatDay, formatFull, formatWholeHour } from "./format-time.ts";

test("a date is short, in the page's language, with its day before its month", async () => {
  await i18next.init({ lng: "es", resources: {} });
  assert.equal(formatCalendarDay("2026-10-05"), "5 oct");
  assert.equal(formatDay("2026-10-05T12:00:00"), "5 oct 2026");
  assert.match(formatFull("2026-10-05T15:04:05"), /^5 oct 2026\b.*15:04:05$/u);
  await i18next.changeLanguage("en");
  assert.equal(formatCalendarDay("2026-10-05"), "5 Oct");
  assert.equal(formatDay("2026-10-05T12:00:00"), "5 Oct 2026");
  assert.match(formatFull("2026-10-05T15:04:05"), /^5 Oct 2026\b.*15:04:05$/u);
});

test("an hour of which no more is known is said from its begin to its end", async () => {
  await i18next.init({ lng: "es", resources: {} });
  assert.equal(formatWholeHour("2026-10-05T15:00:00"), "5 oct 2026, 15:00–16:00");
  await i18next.changeLanguage("en");
  assert.equal(formatWholeHour("2026-10-05T05:00:00"), "5 Oct 2026, 05:00–06:00");
});

test("a day of the calendar is that day wherever its reader is", () => {
  const zone = process.env.TZ;
  for (const TZ of ["America/Bogota", "Pacific/Kiritimati", "UTC"]) {
    process.env.TZ = TZ;
    assert.match(formatCalendarDay("2026-11-01"), /^1 /u, TZ);
  }
  process.env.TZ = zone ?? "";
  if (zone === undefined) delete process.env.TZ;
});

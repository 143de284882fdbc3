import assert from "node:assert/strict";
import { before, test } from "node:test";
import i18next from "i18next";
import { formatPeriod } from "./format-period.ts";

before(() => i18next.init({ lng: "es", resources: {} }));

test("a day of the books is that day wherever its reader is, and a month is that month", () => {
  const zone = process.env.TZ;
  for (const TZ of ["America/Bogota", "Pacific/Kiritimati", "UTC"]) {
    process.env.TZ = TZ;
    assert.match(formatPeriod("2026-11-01"), /^1 nov/u, TZ);
    assert.match(formatPeriod("2026-11"), /^noviembre/u, TZ);
  }
  process.env.TZ = zone ?? "";
  if (zone === undefined) delete process.env.TZ;
});

test("what is neither stays as it is", () => {
  assert.equal(formatPeriod("total"), "total");
});

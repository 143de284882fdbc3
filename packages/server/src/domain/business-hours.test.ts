import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type BusinessHours,
  countOpenMs,
  findClosing,
  findNextChange,
  findOpenAfter,
  findOpenBefore,
  isOpenAt,
} from "./business-hours.ts";
import { formatLocalTime } from "./local-time.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const OFFICE: BusinessHours = {
  enabled: true,
  weekly: [1, 2, 3, 4, 5].flatMap((day) => [
    { day, opens: "08:00", closes: "12:00" },
    { day, opens: "13:00", closes: "17:00" },
  ]),
  exceptions: [
    { date: "2026-12-25", name: "Navidad", spans: [] },
    {
      date: "2026-12-26",
      name: "Sábado de inventario",
      spans: [{ opens: "09:00", closes: "10:00" }],
    },
  ],
};
const bogota = { hours: OFFICE, timeZone: "America/Bogota" };
const at = (text: string) => Date.parse(text);

describe("an office in Bogotá", () => {
  test("is open by the clock on its wall, and closed at the minute it says", () => {
    assert.equal(isOpenAt(bogota, at("2026-11-23T07:59:59.999-05:00")), false);
    assert.equal(isOpenAt(bogota, at("2026-11-23T08:00:00-05:00")), true);
    assert.equal(isOpenAt(bogota, at("2026-11-23T12:00:00-05:00")), false);
    assert.equal(isOpenAt(bogota, at("2026-11-23T16:59:59-05:00")), true);
    assert.equal(isOpenAt(bogota, at("2026-11-22T10:00:00-05:00")), false);
  });

  test("is closed on a holiday, and open on a Saturday that is an exception", () => {
    assert.equal(isOpenAt(bogota, at("2026-12-25T10:00:00-05:00")), false);
    assert.equal(isOpenAt(bogota, at("2026-12-26T09:30:00-05:00")), true);
    assert.equal(isOpenAt(bogota, at("2026-12-26T10:00:00-05:00")), false);
  });

  test("says when it changes next, over a weekend too", () => {
    const friday = at("2026-11-20T18:00:00-05:00");
    assert.equal(findNextChange(bogota, friday), at("2026-11-23T08:00:00-05:00"));
    assert.equal(findClosing(bogota, friday), at("2026-11-20T17:00:00-05:00"));
    assert.equal(
      findClosing(bogota, at("2026-11-22T03:00:00-05:00")),
      at("2026-11-20T17:00:00-05:00"),
    );
  });

  test("counts only what is open", () => {
    const from = at("2026-11-20T16:00:00-05:00");
    assert.equal(countOpenMs(bogota, from, at("2026-11-23T09:00:00-05:00")), 2 * HOUR);
    assert.equal(findOpenAfter(bogota, from, 2 * HOUR), at("2026-11-23T09:00:00-05:00"));
    assert.equal(findOpenBefore(bogota, at("2026-11-23T09:00:00-05:00"), 2 * HOUR), from);
  });
});

describe("days on which the clocks are moved", () => {
  const allDay = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: "00:00", closes: "24:00" }));
  const madrid = {
    hours: { enabled: true, weekly: allDay, exceptions: [] },
    timeZone: "Europe/Madrid",
  };

  test("a day of 23 hours has 23, and one of 25 has 25", () => {
    const day = (date: string, next: string) => countOpenMs(madrid, at(date), at(next));
    assert.equal(day("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"), 23 * HOUR);
    assert.equal(day("2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"), 25 * HOUR);
  });

  test("an office that opens at nine opens at nine on both sides of the change", () => {
    const weekly = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: "09:00", closes: "17:00" }));
    const office = { hours: { enabled: true, weekly, exceptions: [] }, timeZone: "Europe/Madrid" };
    const night = at("2026-10-24T20:00:00+02:00");
    assert.equal(findNextChange(office, night), at("2026-10-25T09:00:00+01:00"));
    assert.equal(
      findNextChange(office, at("2026-03-28T20:00:00+01:00")),
      at("2026-03-29T09:00:00+02:00"),
    );
  });

  test("a span inside the hour that is skipped never comes, and one inside the hour that is shown twice comes twice", () => {
    const weekly = [{ day: 7, opens: "02:10", closes: "02:40" }];
    const night = { hours: { enabled: true, weekly, exceptions: [] }, timeZone: "Europe/Madrid" };
    const spring = countOpenMs(
      night,
      at("2026-03-29T00:00:00+01:00"),
      at("2026-03-30T00:00:00+02:00"),
    );
    const autumn = countOpenMs(
      night,
      at("2026-10-25T00:00:00+02:00"),
      at("2026-10-26T00:00:00+01:00"),
    );
    assert.deepEqual([spring, autumn], [0, 60 * MINUTE]);
  });

  test("where midnight itself is skipped the day still begins", () => {
    // Chile moves its clocks at 24:00 of the Saturday: 2026-09-06 begins at 01:00.
    const weekly = [{ day: 7, opens: "00:00", closes: "02:00" }];
    const office = {
      hours: { enabled: true, weekly, exceptions: [] },
      timeZone: "America/Santiago",
    };
    const from = at("2026-09-05T12:00:00-04:00");
    assert.equal(findNextChange(office, from), at("2026-09-06T01:00:00-03:00"));
    assert.equal(countOpenMs(office, from, from + 24 * HOUR), HOUR);
  });
});

test("hours that are off are open always", () => {
  const zoned = { hours: { ...OFFICE, enabled: false }, timeZone: "America/Bogota" };
  assert.equal(isOpenAt(zoned, 0), true);
  assert.equal(findNextChange(zoned, 0), null);
  assert.equal(findOpenAfter(zoned, 5, 7), 12);
});

test("an office that never opens is found to be so, and ends", () => {
  const zoned = {
    hours: { enabled: true, weekly: [], exceptions: [] },
    timeZone: "America/Bogota",
  };
  assert.equal(findNextChange(zoned, 0), null);
  assert.equal(findOpenAfter(zoned, 0, 1), null);
  assert.equal(findOpenBefore(zoned, 0, 1), null);
});

const ZONES = [
  "America/Bogota",
  "Europe/Madrid",
  "America/Santiago",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
];
const clock = fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }));
const anySpan = clock
  .map(([from, length]) => ({ from, to: Math.min(96, from + length) }))
  .map(({ from, to }) => ({ opens: formatQuarter(from), closes: formatQuarter(to) }));
const anyHours = fc.record({
  enabled: fc.constant(true),
  weekly: fc.uniqueArray(
    anySpan.chain((span) => fc.integer({ min: 1, max: 7 }).map((day) => ({ ...span, day }))),
    { selector: ({ day }) => day, maxLength: 7 },
  ),
  exceptions: fc.constant([]),
});

test("whatever the hours, the zone and the moment: open is what the clock on the wall says", () => {
  const anyMoment = fc
    .constantFrom(
      "2026-03-28T00:00Z",
      "2026-04-04T00:00Z",
      "2026-09-05T00:00Z",
      "2026-10-03T00:00Z",
      "2026-10-24T00:00Z",
    )
    .chain((text) =>
      fc.integer({ min: 0, max: 3 * 96 }).map((quarter) => at(text) + quarter * 15 * MINUTE),
    );
  fc.assert(
    fc.property(anyHours, fc.constantFrom(...ZONES), anyMoment, (hours, timeZone, fromMs) => {
      const zoned = { hours, timeZone };
      let openMs = 0;
      // A step of five minutes is finer than any span and any offset here.
      for (let step = 0; step < 288; step += 1) {
        const nowMs = fromMs + step * 5 * MINUTE;
        const open = readWall(hours, formatLocalTime(new Date(nowMs), timeZone));
        if (step % 48 === 0) assert.equal(isOpenAt(zoned, nowMs), open);
        if (open) openMs += 5 * MINUTE;
      }
      const toMs = fromMs + 24 * HOUR;
      assert.equal(countOpenMs(zoned, fromMs, toMs), openMs);
      if (openMs === 0) return;
      const reached = findOpenAfter(zoned, fromMs, openMs) ?? Number.NaN;
      assert.equal(countOpenMs(zoned, fromMs, reached), openMs);
      const since = findOpenBefore(zoned, toMs, openMs) ?? Number.NaN;
      assert.equal(countOpenMs(zoned, since, toMs), openMs);
      assert.ok(since >= fromMs && reached <= toMs);
    }),
    { numRuns: 60 },
  );
});

function formatQuarter(quarter: number): string {
  return `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;
}

/** The plainest reading of hours: the weekday and the time that a clock shows. */
function readWall(hours: BusinessHours, wall: string): boolean {
  const day = new Date(`${wall.slice(0, 10)}T00:00:00Z`).getUTCDay() || 7;
  const time = wall.slice(11, 16);
  return hours.weekly.some((span) => span.day === day && span.opens <= time && time < span.closes);
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { daysBetween, formatComingMoment, formatListMoment, formatSpan } from "./format-moment.ts";

const NOW = new Date(2026, 10, 22, 0, 30).getTime();
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

test("days are those of the reader's calendar, not of 24 hours", () => {
  assert.equal(daysBetween(at(22, 0), NOW), 0);
  assert.equal(daysBetween(at(21, 23), NOW), 1);
  assert.equal(daysBetween(at(15, 1), NOW), 7);
});

test("a list says the hour today, then yesterday, a weekday, a date", () => {
  assert.match(formatListMoment(at(22, 0), "es", NOW), /0?0:00/);
  assert.equal(formatListMoment(at(21, 23), "es", NOW), "ayer");
  assert.equal(formatListMoment(at(19, 10), "es", NOW), "jue");
  assert.equal(formatListMoment(at(2, 10), "en", NOW), "2 Nov");
});

test("what is to come says its day unless it is today", () => {
  assert.match(formatComingMoment(at(22, 8), "es", NOW), /^8:00/);
  assert.match(formatComingMoment(at(23, 8), "es", NOW), /^mañana 8:00/);
  assert.match(formatComingMoment(at(27, 8), "es", NOW), /^vie 8:00/);
  assert.equal(formatComingMoment(at(30, 8), "en", NOW), "30 Nov");
});

test("a span is said in two units at most", () => {
  const minute = 60_000;
  assert.equal(formatSpan(20_000), "<1 min");
  assert.equal(formatSpan(59 * minute), "59 min");
  assert.equal(formatSpan(125 * minute), "2 h 05");
  assert.equal(formatSpan(120 * minute), "2 h");
  assert.equal(formatSpan(50 * 60 * minute), "2 d");
  assert.equal(formatSpan(-5), "<1 min");
});

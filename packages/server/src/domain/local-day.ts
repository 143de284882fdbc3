import { formatLocalTime } from "./local-time.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The day that a moment falls into on the clocks of a time zone, such as `2026-11-22`. */
export function dayOf(moment: Date, timeZone: string): string {
  return formatLocalTime(moment, timeZone).slice(0, 10);
}

/** The day after: of `2026-12-31` it is `2027-01-01`. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** Every day from one to another, both included. */
export function listDays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = nextDay(day)) days.push(day);
  return days;
}

/**
 * When a day begins on the clocks of a time zone: the first moment whose local date is that day. Where clocks are moved at
 * midnight, that is not 00:00.
 */
export function startOfDay(day: string, timeZone: string): Date {
  const aroundMs = Date.parse(`${day}T00:00:00Z`);
  // Offsets lie between -12 and +14 hours, and the date of a moment never goes back.
  let beforeMs = aroundMs - 15 * HOUR_MS;
  let insideMs = aroundMs + 13 * HOUR_MS;
  while (insideMs - beforeMs > 1) {
    const middleMs = Math.floor((beforeMs + insideMs) / 2);
    if (dayOf(new Date(middleMs), timeZone) < day) beforeMs = middleMs;
    else insideMs = middleMs;
  }
  return new Date(insideMs);
}

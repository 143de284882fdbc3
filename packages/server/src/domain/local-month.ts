import { formatLocalTime } from "./local-time.ts";

const MONTH = /^(20\d{2})-(0[1-9]|1[0-2])$/u;

/** Whether a text is a month of this century, such as `2026-11`. */
export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

/** The month after: of `2026-12` it is `2027-01`. */
export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number)).toISOString().slice(0, 7);
}

/** The month that a moment falls into on the clocks of a time zone. */
export function monthOf(moment: Date, timeZone: string): string {
  return formatLocalTime(moment, timeZone).slice(0, 7);
}

/**
 * When a month begins on the clocks of a time zone: the first moment whose local date is in it. Where clocks are moved at
 * midnight of the first, that is not 00:00.
 */
export function startOfMonth(month: string, timeZone: string): Date {
  const [year = 0, number = 0] = month.split("-").map(Number);
  const aroundMs = Date.UTC(year, number - 1, 1);
  // Offsets lie between -12 and +14 hours; the month of a moment never goes back, so the border can be halved down to.
  let beforeMs = aroundMs - 15 * HOUR_MS;
  let insideMs = aroundMs + 13 * HOUR_MS;
  while (insideMs - beforeMs > 1) {
    const middleMs = Math.floor((beforeMs + insideMs) / 2);
    if (monthOf(new Date(middleMs), timeZone) < month) beforeMs = middleMs;
    else insideMs = middleMs;
  }
  return new Date(insideMs);
}

const HOUR_MS = 3_600_000;

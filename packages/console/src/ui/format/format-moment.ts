import { localeOf } from "./format-amount.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const WEEK_S = 7 * DAY_S;

/** A day and an hour: "22 nov 2026, 15:04"; with `seconds`, to the second. In the browser's own time zone. */
export function formatMoment(iso: string, { seconds = false } = {}): string {
  return new Intl.DateTimeFormat(localeOf(), {
    ...{ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
    ...(seconds && { second: "2-digit" }),
    hourCycle: "h23",
  } as Intl.DateTimeFormatOptions).format(new Date(iso));
}

/** An hour to the millisecond, for a series of steps: "15:04:05,120". */
export function formatInstant(iso: string): string {
  return new Intl.DateTimeFormat(localeOf(), {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
    hourCycle: "h23",
  }).format(new Date(iso));
}

/** How long ago, or how far ahead: "hace 3 min", "en 2 h"; beyond a week, the day. */
export function formatAgo(iso: string, nowMs: number): string {
  const seconds = Math.round((Date.parse(iso) - nowMs) / 1_000);
  const size = Math.abs(seconds);
  if (size >= WEEK_S) return formatMoment(iso);
  const format = new Intl.RelativeTimeFormat(localeOf(), { style: "short", numeric: "auto" });
  if (size < MINUTE_S) return format.format(Math.trunc(seconds), "second");
  if (size < HOUR_S) return format.format(Math.trunc(seconds / MINUTE_S), "minute");
  if (size < DAY_S) return format.format(Math.trunc(seconds / HOUR_S), "hour");
  return format.format(Math.trunc(seconds / DAY_S), "day");
}

/** How long something took: "85 ms", "1,4 s", "3 min". */
export function formatSpan(ms: number): string {
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(localeOf(), {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: digits,
    }).format(value);
  if (ms < 1_000) return unit(ms, "millisecond");
  if (ms < MINUTE_S * 1_000) return unit(ms / 1_000, "second", 1);
  if (ms < HOUR_S * 1_000) return unit(ms / MINUTE_S / 1_000, "minute");
  return unit(ms / HOUR_S / 1_000, "hour", 1);
}

import { currentLanguage } from "../../i18n/language.ts";

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const WEEK_S = 7 * DAY_S;
const MONTH_S = 30 * DAY_S;
const YEAR_S = 365 * DAY_S;
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", YEAR_S],
  ["month", MONTH_S],
  ["week", WEEK_S],
  ["day", DAY_S],
  ["hour", HOUR_S],
  ["minute", MINUTE_S],
];

/** How long ago, or until: `hace 5 min`, `dentro de 2 h`; below a minute, `ahora`. */
export function formatAgo(at: string | Date, nowMs: number = Date.now()): string {
  const seconds = (new Date(at).getTime() - nowMs) / 1_000;
  const format = new Intl.RelativeTimeFormat(currentLanguage(), {
    numeric: "auto",
    style: "short",
  });
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  if (step === undefined) return format.format(0, "second");
  return format.format(Math.trunc(seconds / step[1]), step[0]);
}

/** A moment as a list shows it: the hour today, otherwise the day; with the year when it is another one. */
export function formatShort(at: string | Date, nowMs: number = Date.now()): string {
  const date = new Date(at);
  const now = new Date(nowMs);
  if (date.toDateString() === now.toDateString()) {
    return show(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }
  const sameYear = date.getFullYear() === now.getFullYear();
  return show(date, { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** A moment in full, to the second. */
export function formatFull(at: string | Date): string {
  return show(new Date(at), { dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });
}

/** The hour that begins then, of which no more is known: `23 nov 2026, 5:00–6:00`. */
export function formatWholeHour(at: string): string {
  const options = {
    ...({ day: "numeric", month: "short", year: "numeric" } as const),
    ...({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const),
  };
  const from = new Date(at);
  return formatterOf(options).formatRange(from, new Date(from.getTime() + HOUR_S * 1_000));
}

/** A day without its hour. */
export function formatDay(at: string | Date): string {
  return show(new Date(at), { day: "numeric", month: "short", year: "numeric" });
}

/** A day of the calendar, `YYYY-MM-DD`, without its year: `25 oct`, `25 Oct`; the same day wherever the reader is. */
export function formatCalendarDay(day: string): string {
  return show(new Date(`${day}T12:00:00Z`), { day: "numeric", month: "short", timeZone: "UTC" });
}

/** A day of the calendar, `YYYY-MM-DD`, in full, as it is read out: `miércoles, 25 de noviembre de 2026`. */
export function formatWholeDay(day: string): string {
  return show(new Date(`${day}T12:00:00Z`), { dateStyle: "full", timeZone: "UTC" });
}

function show(date: Date, options: Intl.DateTimeFormatOptions): string {
  return formatterOf(options).format(date);
}

function formatterOf(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  // Days before months in both; `es` without a country says `25 oct`, where Colombia's would say `25 de oct`.
  return new Intl.DateTimeFormat(currentLanguage() === "es" ? "es" : "en-GB", options);
}

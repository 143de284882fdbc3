const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment as a list shows it: the hour today, `ayer`, a weekday of this week, a date before. */
export function formatListMoment(at: string, language: string, nowMs: number): string {
  const days = daysBetween(at, nowMs);
  if (days <= 0) return formatHour(at, language);
  if (days === 1) {
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-1, "day");
  }
  if (days < 7) return format(at, language, { weekday: "short" });
  return format(at, language, { day: "numeric", month: "short" });
}

/** A moment that is to come: the hour today, `mañana` or a weekday with the hour, a date after a week. */
export function formatComingMoment(at: string, language: string, nowMs: number): string {
  const days = -daysBetween(at, nowMs);
  const hour = formatHour(at, language);
  if (days <= 0) return hour;
  if (days === 1) {
    const day = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(1, "day");
    return `${day} ${hour}`;
  }
  if (days < 7) return `${format(at, language, { weekday: "short" })} ${hour}`;
  return format(at, language, { day: "numeric", month: "short" });
}

/** The hour of a moment. */
export function formatHour(at: string, language: string): string {
  return format(at, language, { hour: "numeric", minute: "2-digit" });
}

/** A day as a thread's separator: `hoy`, `ayer`, a weekday with its date. */
export function formatDay(at: string, language: string, nowMs: number): string {
  const days = daysBetween(at, nowMs);
  if (days === 0 || days === 1) {
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-days, "day");
  }
  const isOld = days > 300;
  return format(at, language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(isOld ? { year: "numeric" } : {}),
  });
}

/** A whole moment, for where it must be exact. */
export function formatFull(at: string, language: string): string {
  return format(at, language, { dateStyle: "medium", timeStyle: "short" });
}

/** How long something has lasted, in its two largest units at most: `3 min`, `2 h 05`, `4 d`. */
export function formatSpan(ms: number): string {
  const span = Math.max(0, ms);
  if (span < MINUTE_MS) return "<1 min";
  if (span < HOUR_MS) return `${Math.floor(span / MINUTE_MS)} min`;
  if (span < DAY_MS) {
    const minutes = Math.floor((span % HOUR_MS) / MINUTE_MS);
    return `${Math.floor(span / HOUR_MS)} h${minutes === 0 ? "" : ` ${String(minutes).padStart(2, "0")}`}`;
  }
  return `${Math.floor(span / DAY_MS)} d`;
}

/** Days between a moment and now in the reader's calendar: 0 today, 1 yesterday. */
export function daysBetween(at: string, nowMs: number): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round(
    (midnight(new Date(nowMs)).getTime() - midnight(new Date(at)).getTime()) / DAY_MS,
  );
}

function format(at: string, language: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${language}${JSON.stringify(options)}`;
  // As everywhere else in the console: days before months, and 24 hours.
  const locale = language === "en" ? "en-GB" : language;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, known);
  return known.format(new Date(at));
}

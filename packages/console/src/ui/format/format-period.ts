import { currentLanguage } from "../../i18n/language.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const MONTH = /^\d{4}-\d{2}$/u;

/**
 * A day (`2026-11-22`) or a month (`2026-11`) of the books as people read it, the same wherever the reader is: books count their days in
 * UTC. What is neither stays as it is.
 */
export function formatPeriod(period: string): string {
  if (DAY.test(period))
    return show(`${period}T00:00:00Z`, { day: "numeric", month: "short", year: "numeric" });
  if (MONTH.test(period)) return show(`${period}-01T00:00:00Z`, { month: "long", year: "numeric" });
  return period;
}

function show(at: string, options: Intl.DateTimeFormatOptions): string {
  const locale = currentLanguage() === "es" ? "es" : "en-GB";
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(new Date(at));
}

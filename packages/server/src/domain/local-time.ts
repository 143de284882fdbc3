/**
 * `date` on the clocks of `timeZone` as `YYYY-MM-DD HH:mm:ss`, 24 hours, midnight is 00. The zone is an
 * IANA name such as `America/Bogota`; an unknown one throws a RangeError that names it.
 */
export function formatLocalTime(date: Date, timeZone: string): string {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of findFormatter(timeZone).formatToParts(date)) parts[part.type] = part.value;
  // Intl does not pad years, and a year below 1000 would shift every column.
  const year = (parts.year ?? "").padStart(4, "0");
  return `${year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
}

/** Whether a name is a time zone that {@link formatLocalTime} knows. */
export function isTimeZone(name: string): boolean {
  try {
    findFormatter(name);
    return true;
  } catch {
    return false;
  }
}

/** Making a formatter costs a hundred times as much as using one. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** There are some 450 zones; their spellings in other cases are accepted too and must not pile up. */
const FORMATTERS_MAX = 1_000;

function findFormatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const formatter = createFormatter(timeZone);
  if (formatters.size >= FORMATTERS_MAX) formatters.clear();
  formatters.set(timeZone, formatter);
  return formatter;
}

function createFormatter(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "iso8601",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch (error) {
    throw new RangeError(`there is no time zone ${JSON.stringify(timeZone)}`, { cause: error });
  }
}

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const YEAR_MONTHS = 12;

/** A key as it was pressed. */
export interface PressedKey {
  key: string;
  shiftKey: boolean;
}

/**
 * The day `YYYY-MM-DD` to which a key leads in a calendar whose weeks begin on Monday; null for a key that leads nowhere. Arrows go
 * by days and weeks, Home and End to the ends of the week, PageUp and PageDown by months, with Shift by years (WAI-ARIA Authoring
 * Practices, "Date Picker Dialog"). A month that is too short for the day is met at its last.
 */
export function stepDay(day: string, { key, shiftKey }: PressedKey): string | null {
  const months = shiftKey ? YEAR_MONTHS : 1;
  switch (key) {
    case "ArrowLeft":
      return addDays(day, -1);
    case "ArrowRight":
      return addDays(day, 1);
    case "ArrowUp":
      return addDays(day, -WEEK_DAYS);
    case "ArrowDown":
      return addDays(day, WEEK_DAYS);
    case "Home":
      return addDays(day, -weekdayOf(day));
    case "End":
      return addDays(day, WEEK_DAYS - 1 - weekdayOf(day));
    case "PageUp":
      return addMonths(day, -months);
    case "PageDown":
      return addMonths(day, months);
    default:
      return null;
  }
}

/** The day itself, or the nearest one that may be chosen. */
export function keepWithin(day: string, min: string, max: string): string {
  if (day < min) return min;
  return day > max ? max : day;
}

const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);
const write = (date: Date) => date.toISOString().slice(0, "2026-10-04".length);
/** Since Monday. */
const weekdayOf = (day: string) => (dateOf(day).getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS;

function addDays(day: string, count: number): string {
  return write(new Date(dateOf(day).getTime() + count * DAY_MS));
}

function addMonths(day: string, count: number): string {
  const date = dateOf(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + count];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return write(new Date(Date.UTC(year, month, Math.min(date.getUTCDate(), last))));
}

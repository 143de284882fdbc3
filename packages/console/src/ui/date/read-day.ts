/** `25/10/2026`, also with points or hyphens; `25102026`, where a telephone's keys have no slash; and `2026-10-25`. */
const FORMS = [
  /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4})$/u,
  /^(?<day>\d{2})(?<month>\d{2})(?<year>\d{4})$/u,
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/u,
];

/**
 * A day as people type it, `YYYY-MM-DD`: the day comes before the month in both languages of the console, whatever the browser
 * speaks. Null for what is no day of the calendar; a year has four digits, so that half a year is no other one.
 */
export function readDay(text: string): string | null {
  const typed = text.replaceAll(/\s/gu, "");
  const found = FORMS.map((form) => form.exec(typed)?.groups).find((each) => each !== undefined);
  if (found === undefined) return null;
  const { year = "", month = "", day = "" } = found;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${written}T00:00:00Z`);
  // The 31st of a shorter month would be a day of the next one.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(written)) return null;
  return written;
}

/** A day `YYYY-MM-DD` as it stands in a field: `25/10/2026`. */
export function writeDay(day: string): string {
  const [year, month, date] = day.split("-");
  return `${date}/${month}/${year}`;
}

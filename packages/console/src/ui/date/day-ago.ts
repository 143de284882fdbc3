/** A day of this machine's calendar, `YYYY-MM-DD`, `days` before today; 0 is today. */
export function dayAgo(days: number): string {
  const date = new Date();
  date.setDate(date.getDate() - days);
  const two = (number: number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

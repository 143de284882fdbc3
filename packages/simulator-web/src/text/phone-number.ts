/** A number as people read it: Colombian ones in their usual groups, others with their `+`. */
export function formatMobile(digits: string): string {
  const colombian = /^57(\d{3})(\d{3})(\d{4})$/.exec(digits);
  return colombian === null ? `+${digits}` : `+57 ${colombian[1]} ${colombian[2]} ${colombian[3]}`;
}

/** One of so many hues, always the same for a number. */
export function hueOf(digits: string): number {
  let sum = 0;
  for (const digit of digits) {
    sum = (sum * 31 + digit.charCodeAt(0)) % 9973;
  }
  return sum % 8;
}

const HUES = 8;

/** Which of the eight hues of `tokens.css` is a thing's, from 1; always the same for the same id. */
export function hueOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return (sum % HUES) + 1;
}

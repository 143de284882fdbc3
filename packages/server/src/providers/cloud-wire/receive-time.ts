import { textOf } from "./untrusted-json.ts";

/** Above this a number of seconds would be in the year 5138: it is milliseconds, which some clients have met. */
const SECONDS_MAX = 100_000_000_000;

/** A time of Meta's: seconds (or milliseconds) since 1970, as text or number; null when it is none. */
export function readTime(value: unknown): Date | null {
  const text = textOf(value);
  if (text === null || !/^\d{1,14}$/u.test(text)) return null;
  const number = Number(text);
  return new Date(number < SECONDS_MAX ? number * 1_000 : number);
}

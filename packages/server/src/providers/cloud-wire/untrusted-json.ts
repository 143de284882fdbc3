/** An object of somebody else's JSON. Every value of it has still to be looked at. */
export type JsonRecord = Record<string, unknown>;

/**
 * A number (not digits in a text, which are most ids) that may be more than a double can hold exactly.
 * Only then is the slower reading worth its time.
 */
const LONG_INTEGER = /[[,:]\s*-?\d{16}/u;

/**
 * Reads JSON whose ids may be numbers beyond 2^53: integers that a double cannot hold come out as
 * strings of their digits. Null when the text is no JSON, or nested deeper than can be walked.
 */
export function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: LONG_INTEGER.test(text) ? parseExactly(text) : JSON.parse(text) };
  } catch {
    return null;
  }
}

/** The object, or null when it is anything else. */
export function recordOf(value: unknown): JsonRecord | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : null;
}

/** The array, or an empty one when it is anything else. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * A text or a number as text; null when it is empty or anything else. NUL characters are taken out:
 * PostgreSQL cannot store them and nobody means them.
 */
export function textOf(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== "string") return null;
  const text = value.replaceAll("\0", "");
  return text === "" ? null : text;
}

type ExactReviver = (key: string, value: unknown, context: { source?: string }) => unknown;

function parseExactly(text: string): unknown {
  const revive: ExactReviver = (_key, value, context) =>
    typeof value === "number" &&
    !Number.isSafeInteger(value) &&
    /^-?\d+$/u.test(context.source ?? "")
      ? context.source
      : value;
  // The third argument (the number's source text) is in the language since ES2026, not yet in its types.
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}

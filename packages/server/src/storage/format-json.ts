/** What PostgreSQL refuses inside JSON although JSON allows it: half a surrogate pair, and NUL. */
const UNSTORABLE = /(\\\\)|\\u(?:d[89a-f][0-9a-f]{2}|0000)/giu;

/**
 * JSON that PostgreSQL takes, whatever is in the strings: what it cannot store becomes U+FFFD, so that one
 * odd character from outside never makes a statement fail that carries many rows.
 */
export function formatJson(value: unknown): string {
  const text = JSON.stringify(value);
  // Well-formed JSON.stringify escapes nothing else this way, so most texts are done here.
  if (!text.includes("\\u")) return text;
  return text.replace(UNSTORABLE, (match, backslashes: string | undefined) =>
    backslashes === undefined ? "\\ufffd" : match,
  );
}

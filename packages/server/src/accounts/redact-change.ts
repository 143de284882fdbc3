/** Longest JSON that is kept of a change; of a longer one, how long it was. */
const CHARACTERS_MAX = 8_192;
const TEXT_MAX = 500;
const DEPTH_MAX = 6;
const ITEMS_MAX = 50;

const SECRET =
  /secret|token|password|credential|authorization|cookie|passphrase|api_?key|one_?time|recovery_?code|otp_/iu;
/** What these hold names a secret, or says that there is one; none is one. */
const NO_SECRET = /^(token_?id|tokenkind|haspassword|token_?label)$/iu;
/** People's numbers, which a `list` that is a text is full of too: the audit outlives a person's erasure. */
const MOBILES = /^mobiles?$/iu;

/**
 * What may be kept of a change: fields that hold secrets or people's numbers by their name, whatever is binary, and the values of custom headers
 * stand as `***`; of addresses the query and the credentials are left out; long texts and lists are cut.
 */
export function redactChange(value: unknown): unknown {
  const clean = redact(value, { key: "", depth: 0 });
  const { length } = JSON.stringify(clean) ?? "";
  return length > CHARACTERS_MAX ? { omitted: `${length} characters` } : clean;
}

function redact(value: unknown, place: { key: string; depth: number }): unknown {
  const { key, depth } = place;
  if (value === null || value === undefined) return null;
  if (SECRET.test(key) && !NO_SECRET.test(key)) return "***";
  if (MOBILES.test(key) || (key === "list" && depth === 1 && typeof value === "string"))
    return "***";
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string") return redactText(key, value);
  if (typeof value !== "object") return value;
  if (value instanceof Uint8Array || depth >= DEPTH_MAX) return "***";
  if (Array.isArray(value)) {
    return value.slice(0, ITEMS_MAX).map((item) => redact(item, { key, depth: depth + 1 }));
  }
  const isHeaders = /headers$/iu.test(key);
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, ITEMS_MAX)
      .map(([name, item]) => [
        name,
        isHeaders ? "***" : redact(item, { key: name, depth: depth + 1 }),
      ]),
  );
}

function redactText(key: string, text: string): string {
  // PostgreSQL takes no NUL, in JSON neither.
  const clean = text.replaceAll("\0", "");
  const shown = /url$/iu.test(key)
    ? clean.replace(/\?.*$/su, "?***").replace(/\/\/[^/@]*@/u, "//***@")
    : clean;
  return shown.length > TEXT_MAX ? `${shown.slice(0, TEXT_MAX)}…` : shown;
}

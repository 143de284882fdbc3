import { AppError } from "../platform/app-error.ts";

const HEADERS_MAX = 20;
const VALUE_LENGTH_MAX = 4_096;

/** Ours, or what frames the request; an owner's could break or forge it. */
const RESERVED =
  /^(?:content-.*|user-agent|webhook-.*|host|transfer-encoding|connection|keep-alive|upgrade|expect|te|trailer|proxy-.*|accept-encoding)$/u;

/** RFC 9110 §5.6.2. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/u;

/** RFC 9110 §5.5, without the obsolete bytes. */
const VALUE = /^[\t\x20-\x7e]*$/u;

/**
 * The headers that an owner wants on every call, unchanged. Refuses more than 20, names that are ours or
 * the protocol's, a name given twice, and values that are long or not plain ASCII.
 */
export function checkCustomHeaders(headers: Record<string, string>): Record<string, string> {
  const entries = Object.entries(headers);
  if (entries.length > HEADERS_MAX) throw refuse(`at most ${HEADERS_MAX} headers`);
  const seen = new Set<string>();
  for (const [name, value] of entries) {
    const lower = name.toLowerCase();
    if (!NAME.test(name)) throw refuse(`${JSON.stringify(name)} is not a header's name`);
    if (RESERVED.test(lower)) throw refuse(`${name} cannot be set`);
    if (seen.has(lower)) throw refuse(`${name} is there twice`);
    seen.add(lower);
    if (value.length > VALUE_LENGTH_MAX || !VALUE.test(value)) {
      throw refuse(`the value of ${name} is too long or not plain ASCII`);
    }
  }
  return headers;
}

function refuse(message: string): AppError {
  return new AppError("invalid_request", {
    message: `headers: ${message}`,
    errors: [{ path: "headers", message }],
  });
}

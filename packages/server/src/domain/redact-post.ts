/** Whose items are taken out of a provider's post. */
export interface RedactTerms {
  /** The person's addresses: digits without `+`, ids of WhatsApp's. */
  addresses: readonly string[];
  /**
   * Only what was said to these numbers (their ids at the provider), since others' posts may come through the same app;
   * null: everything.
   */
  numbers: readonly string[] | null;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const GONE: Json = { erased: true };

/**
 * The post without the items that concern a person, whatever the provider's format: the smallest element of a list that
 * names one of the addresses (as a whole value, with or without `+`) is replaced, and the whole post if none stands around
 * it. Other people's items of the same post stay as they are. A body that is no JSON is replaced whole when it holds an
 * address. Null: nothing concerned the person.
 */
export function redactPost(body: string, terms: RedactTerms): string | null {
  const post = parseJson(body);
  if (post === undefined) {
    const isConcerned = terms.addresses.some((address) => body.includes(address));
    return isConcerned && terms.numbers === null ? JSON.stringify(GONE) : null;
  }
  const addresses = new Set(terms.addresses.flatMap((one) => [one, `+${one}`]));
  const numbers = terms.numbers && new Set(terms.numbers);
  const changed = { any: false };
  const redacted = redact(post, { addresses, numbers, changed }, numbers === null);
  return changed.any ? JSON.stringify(redacted) : null;
}

const DEPTH_MAX = 200;

interface Walk {
  addresses: ReadonlySet<string>;
  numbers: ReadonlySet<string> | null;
  changed: { any: boolean };
}

/** An object, or an element of a list. `ours`: it was said to one of the numbers. */
function redact(value: Json, walk: Walk, ours: boolean): Json {
  const isOurs = ours || (walk.numbers !== null && names(value, walk.numbers));
  if (isOurs && names(value, walk.addresses)) {
    walk.changed.any = true;
    return GONE;
  }
  return descend(value, walk, isOurs);
}

/** Goes through objects to the lists in them, whose elements are looked at one by one. */
function descend(value: Json, walk: Walk, ours: boolean): Json {
  if (Array.isArray(value)) return value.map((element) => redact(element, walk, ours));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, descend(inner, walk, ours)]),
  );
}

/** Whether one of the words stands in it, outside of lists. */
function names(value: Json, words: ReadonlySet<string>): boolean {
  if (typeof value === "string" || typeof value === "number") return words.has(String(value));
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  return Object.values(value).some((inner) => names(inner, words));
}

/** Undefined for what is no JSON, or nested deeper than any provider's. */
function parseJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isDeeper(value, DEPTH_MAX) ? undefined : value;
  } catch {
    return undefined;
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (value === null || typeof value !== "object") return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

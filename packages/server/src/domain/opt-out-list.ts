/** A person of an imported list. */
export interface ListedPerson {
  /** Where it stands, from 1. */
  line: number;
  mobile: string;
  note: string;
}

/** What a list came to. */
export type ParsedList =
  | { kind: "people"; people: ListedPerson[] }
  /** It cannot be read at all. */
  | { kind: "unreadable"; why: string };

const NOTE_LENGTH_MAX = 200;

/**
 * Reads a list of people: JSON (`["57300…"]`, or objects with `mobile` and perhaps `note`), or CSV whose first column is the
 * number and whose second, if any, is a note. Commas, semicolons and tabs part columns; a heading without digits, empty
 * lines and a byte order mark are passed over. Spreadsheets write numbers as `+57 300…`: blanks, dashes and a `+` are taken off.
 */
export function parseOptOutList(text: string): ParsedList {
  const body = text.replace(/^\uFEFF/u, "").trim();
  if (body === "") return { kind: "unreadable", why: "the list is empty" };
  return body.startsWith("[") || body.startsWith("{") ? parseJson(body) : parseCsv(body);
}

function parseJson(body: string): ParsedList {
  let list: unknown;
  try {
    list = JSON.parse(body);
  } catch {
    return { kind: "unreadable", why: "it begins like JSON and is none" };
  }
  if (!Array.isArray(list)) return { kind: "unreadable", why: "JSON must be a list" };
  const people = list.map((item: unknown, index): ListedPerson => {
    const record =
      typeof item === "object" && item !== null ? (item as Record<string, unknown>) : {};
    const mobile = typeof item === "object" ? record.mobile : item;
    const note = typeof record.note === "string" ? record.note : "";
    const isText = typeof mobile === "string" || typeof mobile === "number";
    return { line: index + 1, mobile: isText ? tidy(String(mobile)) : "", note: cut(note) };
  });
  return { kind: "people", people };
}

function parseCsv(body: string): ParsedList {
  const people = body.split(/\r\n|\n|\r/u).flatMap((text, index): ListedPerson[] => {
    const [first = "", second = ""] = text.split(/[,;\t]/u, 2).map(unquote);
    const isHeading = index === 0 && !/\d/u.test(first);
    if (isHeading || text.trim() === "") return [];
    return [{ line: index + 1, mobile: tidy(first), note: cut(second) }];
  });
  return { kind: "people", people };
}

function unquote(cell: string): string {
  return cell
    .trim()
    .replace(/^"(.*)"$/u, "$1")
    .replaceAll('""', '"')
    .trim();
}

function tidy(mobile: string): string {
  return mobile
    .trim()
    .replace(/^\+/u, "")
    .replaceAll(/[\s().-]/gu, "")
    .slice(0, 20);
}

function cut(note: string): string {
  return [...note.replaceAll(/\p{Cc}/gu, " ")].slice(0, NOTE_LENGTH_MAX).join("");
}

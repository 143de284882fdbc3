/** What the words before the cursor ask for: a canned reply (`/`), or a colleague (`@`, in notes). */
export interface Trigger {
  kind: "canned" | "mention";
  /** What was typed behind the sign so far. */
  query: string;
  /** Where the sign stands; what is chosen takes the place from here to the cursor. */
  start: number;
}

/**
 * Finds what is being asked for at the cursor. `/` counts at the beginning of a line or after a blank, so that
 * addresses and dates stay as they are; `@` likewise, and only in a note.
 */
export function findTrigger(text: string, cursor: number, inNote: boolean): Trigger | null {
  const before = text.slice(0, cursor);
  const canned = /(?:^|\s)\/([\p{L}\p{N}_-]{0,40})$/u.exec(before);
  if (canned !== null && !inNote) return toTrigger("canned", canned[1] ?? "", cursor);
  const mention = /(?:^|\s)@([\p{L}\p{N}_.-]{0,40})$/u.exec(before);
  if (mention !== null && inNote) return toTrigger("mention", mention[1] ?? "", cursor);
  return null;
}

function toTrigger(kind: Trigger["kind"], query: string, cursor: number): Trigger {
  return { kind, query, start: cursor - query.length - 1 };
}

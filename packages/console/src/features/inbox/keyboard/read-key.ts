/** What a key does in the inbox. */
export type InboxCommand =
  | "next"
  | "previous"
  | "open"
  | "back"
  | "reply"
  | "note"
  | "template"
  | "assign"
  | "take"
  | "label"
  | "resolve"
  | "snooze"
  | "search"
  | "select"
  | "panel"
  | "help"
  | "goMine"
  | "goQueue"
  | "goAll"
  | "goSnoozed"
  | "goResolved"
  | "goSupervisor"
  | "goReports";

/** The keys, in the order in which the sheet shows them. `g m` is one key after the other. */
export const INBOX_KEYS: readonly { keys: string; command: InboxCommand }[] = [
  { keys: "j", command: "next" },
  { keys: "k", command: "previous" },
  { keys: "Enter", command: "open" },
  { keys: "Escape", command: "back" },
  { keys: "/", command: "search" },
  { keys: "x", command: "select" },
  { keys: "r", command: "reply" },
  { keys: "n", command: "note" },
  { keys: "p", command: "template" },
  { keys: "t", command: "take" },
  { keys: "a", command: "assign" },
  { keys: "l", command: "label" },
  { keys: "s", command: "snooze" },
  { keys: "e", command: "resolve" },
  { keys: "i", command: "panel" },
  { keys: "g m", command: "goMine" },
  { keys: "g q", command: "goQueue" },
  { keys: "g t", command: "goAll" },
  { keys: "g p", command: "goSnoozed" },
  { keys: "g r", command: "goResolved" },
  { keys: "g s", command: "goSupervisor" },
  { keys: "g i", command: "goReports" },
  { keys: "?", command: "help" },
];

/** Keys that mean the same as another one. */
const ALIASES: Record<string, string> = { ArrowDown: "j", ArrowUp: "k" };
/** How long the second key of a sequence is waited for. */
const SEQUENCE_MS = 1_200;

/** The first key of a sequence that is waiting for its second. */
export interface Pending {
  key: string;
  atMs: number;
}

/** A key as the browser tells it. */
export interface PressedKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Reads one key: the command that it completes, or what is pending from now on. Keys with Ctrl, Alt or Meta are the browser's. */
export function readKey(
  pressed: PressedKey,
  pending: Pending | null,
  nowMs: number,
): { command: InboxCommand | null; pending: Pending | null } {
  const nothing = { command: null, pending: null };
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return nothing;
  const key = ALIASES[pressed.key] ?? pressed.key;
  const find = (keys: string) => INBOX_KEYS.find((each) => each.keys === keys)?.command ?? null;
  if (pending !== null && nowMs - pending.atMs <= SEQUENCE_MS) {
    return { command: find(`${pending.key} ${key}`), pending: null };
  }
  if (INBOX_KEYS.some(({ keys }) => keys.startsWith(`${key} `))) {
    return { command: null, pending: { key, atMs: nowMs } };
  }
  return { command: find(key), pending: null };
}

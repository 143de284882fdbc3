import type { SimulatorState } from "@recado/contract/simulator-api";

/** How many telephones can stand on the stage. */
export const telephonesMax = 4;

/** So many open by themselves; the fourth place is the reader's. */
const openedAloneMax = 3;

/** Stand there while nobody has written to anybody: an ordinary one, and the one that answers by itself. */
export const firstTelephones: readonly string[] = ["573001234567", "573008000010"];

/** Telephones for the first view: the ones of last time, unless all of those are silent while others have messages. */
export function chooseTelephones(
  saved: readonly string[],
  telephones: SimulatorState["telephones"],
): readonly string[] {
  const withMessages = new Set(telephones.map((telephone) => telephone.mobile));
  if (saved.length > 0 && (withMessages.size === 0 || saved.some((m) => withMessages.has(m)))) {
    return saved.slice(0, telephonesMax);
  }
  const newest = telephones
    .toSorted((a, b) => (b.lastAt ?? "").localeCompare(a.lastAt ?? ""))
    .slice(0, openedAloneMax)
    .map((telephone) => telephone.mobile);
  return newest.length > 0 ? newest : firstTelephones;
}

/** The stage after a message came to a telephone that is not on it: takes a silent one's place, or a free one. */
export function openOnArrival(
  open: readonly string[],
  mobile: string,
  isSilent: (mobile: string) => boolean,
): readonly string[] {
  if (open.includes(mobile)) {
    return open;
  }
  const silent = open.findIndex(isSilent);
  if (silent >= 0) {
    return open.with(silent, mobile);
  }
  return open.length < openedAloneMax ? [...open, mobile] : open;
}

/** The stage after the reader asked for a telephone: the last place is given up when all are taken. */
export function openByHand(open: readonly string[], mobile: string): readonly string[] {
  if (open.includes(mobile)) {
    return open;
  }
  return [...open.slice(0, telephonesMax - 1), mobile];
}

/** Digits of a mobile as a person types it; null when it cannot be one. A Colombian one may come without 57. */
export function parseMobile(typed: string): string | null {
  const digits = typed.replace(/[\s().+-]/g, "");
  if (!/^\d{8,15}$/.test(digits)) {
    return null;
  }
  return digits.length === 10 && digits.startsWith("3") ? `57${digits}` : digits;
}

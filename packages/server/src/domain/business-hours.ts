import { formatLocalTime } from "./local-time.ts";

/*
 * When a project is open. What counts is what a clock on its wall shows: open from 08:00 means from the moment at which that
 * clock shows 08:00, whatever was done to it in the night. An hour that the clocks skip is not there, and one that they
 * show twice is there twice.
 */

/** Part of a day on the wall's clock: `08:00` to `18:00`; `24:00` is the end of the day. */
export interface DaySpan {
  opens: string;
  closes: string;
}

/** The hours of a project. */
export interface BusinessHours {
  /** False: always open. */
  enabled: boolean;
  /** 1 is Monday, 7 is Sunday. */
  weekly: readonly (DaySpan & { day: number })[];
  /** Days that are unlike their weekday; without spans they are closed. */
  exceptions: readonly { date: string; name: string; spans: readonly DaySpan[] }[];
}

/** Hours on the clocks of a time zone. */
export interface ZonedHours {
  hours: BusinessHours;
  timeZone: string;
}

/** A stretch of time throughout which a project is open, or closed. */
export interface Stretch {
  fromMs: number;
  toMs: number;
  open: boolean;
}

/** Nothing further ahead or back is looked for. */
export const HORIZON_MS = 400 * 86_400_000;

/** Whether it is open at a moment. */
export function isOpenAt(zoned: ZonedHours, atMs: number): boolean {
  for (const stretch of walkHours(zoned, atMs)) return stretch.open;
  return false;
}

/** When it opens, or closes, next; null: not within {@link HORIZON_MS}. */
export function findNextChange(zoned: ZonedHours, atMs: number): number | null {
  const now = isOpenAt(zoned, atMs);
  for (const { fromMs, open } of walkHours(zoned, atMs)) {
    if (fromMs > atMs + HORIZON_MS) return null;
    if (open !== now) return fromMs;
  }
  return null;
}

/** When it was closed last before a moment at which it is closed: the closing names the closed period. */
export function findClosing(zoned: ZonedHours, atMs: number): number {
  const reach = findOpenBefore(zoned, atMs, 1);
  return reach === null ? 0 : reach + 1;
}

/** How long it was open between two moments, in milliseconds. */
export function countOpenMs(zoned: ZonedHours, fromMs: number, toMs: number): number {
  let sumMs = 0;
  for (const stretch of walkHours(zoned, fromMs)) {
    if (stretch.fromMs >= toMs) break;
    if (stretch.open) sumMs += Math.min(stretch.toMs, toMs) - stretch.fromMs;
  }
  return sumMs;
}

/** The moment by which it has been open for so long since another one; null: not within {@link HORIZON_MS}. */
export function findOpenAfter(zoned: ZonedHours, fromMs: number, openMs: number): number | null {
  let leftMs = openMs;
  for (const stretch of walkHours(zoned, fromMs)) {
    if (stretch.fromMs > fromMs + HORIZON_MS) return null;
    if (!stretch.open) continue;
    const lengthMs = stretch.toMs - stretch.fromMs;
    if (lengthMs >= leftMs) return stretch.fromMs + leftMs;
    leftMs -= lengthMs;
  }
  return null;
}

/**
 * The latest moment since which it has been open for so long until another one: whoever has waited since before that has
 * waited longer. Null: not within {@link HORIZON_MS}.
 */
export function findOpenBefore(zoned: ZonedHours, toMs: number, openMs: number): number | null {
  if (!zoned.hours.enabled) return toMs - openMs;
  for (const days of BACK_DAYS) {
    const found = findWithin(zoned, { fromMs: toMs - days * DAY_MS, toMs }, openMs);
    if (found !== null) return found;
  }
  return null;
}

/** What is open and what is closed from a moment on, without end; neighbours of one kind may follow each other. */
export function* walkHours({ hours, timeZone }: ZonedHours, fromMs: number): Generator<Stretch> {
  let atMs = fromMs;
  for (;;) {
    if (!hours.enabled) {
      yield { fromMs: atMs, toMs: Number.POSITIVE_INFINITY, open: true };
      return;
    }
    const offsetMs = findOffset(atMs, timeZone);
    const { open, untilMs } = lookAtWall(hours, atMs + offsetMs);
    const toMs = findShift({ fromMs: atMs, toMs: untilMs - offsetMs, offsetMs, timeZone });
    yield { fromMs: atMs, toMs, open };
    atMs = toMs;
  }
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const BACK_DAYS = [8, 32, 400];

function findWithin(
  zoned: ZonedHours,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  openMs: number,
): number | null {
  const stretches: Stretch[] = [];
  for (const stretch of walkHours(zoned, fromMs)) {
    if (stretch.fromMs >= toMs) break;
    if (stretch.open) stretches.push({ ...stretch, toMs: Math.min(stretch.toMs, toMs) });
  }
  let leftMs = openMs;
  for (const stretch of stretches.toReversed()) {
    const lengthMs = stretch.toMs - stretch.fromMs;
    if (lengthMs >= leftMs) return stretch.toMs - leftMs;
    leftMs -= lengthMs;
  }
  return null;
}

/** What the clock on the wall says: open or not, and until which time of its own. */
function lookAtWall(hours: BusinessHours, wallMs: number): { open: boolean; untilMs: number } {
  const dayMs = Math.floor(wallMs / DAY_MS) * DAY_MS;
  const spans = listSpans(hours, dayMs).map(({ opens, closes }) => ({
    fromMs: dayMs + readClock(opens),
    toMs: dayMs + readClock(closes),
  }));
  const around = spans.find(({ fromMs, toMs }) => fromMs <= wallMs && wallMs < toMs);
  if (around) return { open: true, untilMs: around.toMs };
  const next = spans.map(({ fromMs }) => fromMs).filter((edgeMs) => edgeMs > wallMs);
  return { open: false, untilMs: Math.min(dayMs + DAY_MS, ...next) };
}

function listSpans({ weekly, exceptions }: BusinessHours, dayMs: number): readonly DaySpan[] {
  const date = new Date(dayMs);
  const name = date.toISOString().slice(0, 10);
  const exception = exceptions.find((one) => one.date === name);
  if (exception) return exception.spans;
  const day = date.getUTCDay() || 7;
  return weekly.filter((span) => span.day === day);
}

function readClock(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return (hour * 60 + minute) * MINUTE_MS;
}

/** By how much the clocks of a zone are ahead of UTC. */
function findOffset(atMs: number, timeZone: string): number {
  const wall = formatLocalTime(new Date(atMs), timeZone);
  return Date.parse(`${wall.replace(" ", "T")}Z`) - Math.floor(atMs / 1_000) * 1_000;
}

/** The first moment at which the clocks have another offset, or the end if they keep it. */
function findShift(span: {
  fromMs: number;
  toMs: number;
  offsetMs: number;
  timeZone: string;
}): number {
  const { fromMs, toMs, offsetMs, timeZone } = span;
  if (findOffset(toMs, timeZone) === offsetMs) return toMs;
  let [beforeMs, afterMs] = [fromMs, toMs];
  while (afterMs - beforeMs > 1) {
    const middleMs = Math.floor((beforeMs + afterMs) / 2);
    if (findOffset(middleMs, timeZone) === offsetMs) beforeMs = middleMs;
    else afterMs = middleMs;
  }
  return afterMs;
}

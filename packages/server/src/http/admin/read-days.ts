import { dayOf, startOfDay } from "../../domain/usage.ts";
import { AppError } from "../../platform/app-error.ts";

const DAY_MS = 86_400_000;
const MONTH_LENGTH = "2026-11".length;

/** Days that people name include the last; ours do not. Refuses more than `daysMax`, and an end before its beginning. */
export function readDays(
  { from, to }: { from: string; to: string },
  daysMax: number,
): { from: string; to: string } {
  const lengthMs = startOfDay(to).getTime() - startOfDay(from).getTime();
  if (lengthMs < 0) throw new AppError("invalid_request", "to must not be before from.");
  if (lengthMs >= daysMax * DAY_MS) {
    throw new AppError("invalid_request", `A report spans at most ${daysMax} days.`);
  }
  return { from, to: dayOf(startOfDay(to).getTime() + DAY_MS) };
}

/** The days that are meant when some are not named: up to today, from the beginning of the last one's month. */
export function fillDays(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  nowMs: number,
): { from: string; to: string } {
  const last = to ?? dayOf(nowMs);
  return { from: from ?? `${last.slice(0, MONTH_LENGTH)}-01`, to: last };
}

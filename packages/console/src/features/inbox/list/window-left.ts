/** How the 24-hour window of a conversation stands. */
export interface WindowLeft {
  /** `open`: more than three hours; `soon`: less; `closed`: only templates. */
  state: "open" | "soon" | "closed";
  /** Whole hours and minutes that are left; 0 when closed. */
  hours: number;
  minutes: number;
}

const HOUR_MS = 3_600_000;
const SOON_MS = 3 * HOUR_MS;

/** Says what is left at `nowMs` of a window that ends at `expiresAt` (ISO 8601). */
export function windowLeft(expiresAt: string | null, nowMs: number): WindowLeft {
  const leftMs = expiresAt === null ? 0 : Date.parse(expiresAt) - nowMs;
  if (!(leftMs > 0)) return { state: "closed", hours: 0, minutes: 0 };
  const minutes = Math.ceil(leftMs / 60_000);
  return {
    state: leftMs > SOON_MS ? "open" : "soon",
    hours: Math.floor(minutes / 60),
    minutes: minutes % 60,
  };
}

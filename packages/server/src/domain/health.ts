/** What was seen of a process and its surroundings. */
export interface HealthFacts {
  /** Age of the oldest due work of each lane that this process answers for. */
  lanes: readonly { lane: string; ageMs: number }[];
  /** Processes with the role worker that were heard of within a minute, wherever they run. */
  liveWorkers: number;
  /** Where the files are; null when the system does not tell. */
  diskFreeBytes: number | null;
  /** How far this machine's clock is from the database's, either way. */
  clockSkewMs: number;
}

/** `failing`: send nobody here. `degraded`: it works, and somebody should look. */
export interface HealthVerdict {
  state: "ready" | "degraded" | "failing";
  reasons: string[];
  warnings: string[];
}

/** Below this nothing that writes can be trusted to work. */
export const DISK_FREE_BYTES_MIN = 128 * 1024 * 1024;
/** Below this an operator has hours, not weeks. */
export const DISK_FREE_BYTES_LOW = 1024 * 1024 * 1024;
/** Signatures and deadlines bear a few seconds. */
export const CLOCK_SKEW_MS_MAX = 5_000;

/**
 * Judges a process. One that only answers HTTP stays in service without a worker anywhere: what it
 * accepts is safe and leaves later, whereas taking it out would turn a delay into a failure.
 */
export function judgeHealth(facts: HealthFacts, lagMsMax: number): HealthVerdict {
  const reasons: string[] = [];
  const warnings: string[] = [];
  const late = facts.lanes.filter((lane) => lane.ageMs > lagMsMax);
  if (late.length > 0) {
    const names = late.map((lane) => `${lane.lane} (${Math.round(lane.ageMs / 1000)} s)`);
    reasons.push(`Work is overdue: ${names.join(", ")}.`);
  }
  const { diskFreeBytes, clockSkewMs } = facts;
  if (diskFreeBytes !== null && diskFreeBytes < DISK_FREE_BYTES_MIN) {
    reasons.push(`The disk is full: ${formatMegabytes(diskFreeBytes)} are left.`);
  } else if (diskFreeBytes !== null && diskFreeBytes < DISK_FREE_BYTES_LOW) {
    warnings.push(`The disk is nearly full: ${formatMegabytes(diskFreeBytes)} are left.`);
  }
  if (facts.liveWorkers === 0) {
    warnings.push("No worker is running: messages are accepted and do not leave.");
  }
  if (clockSkewMs > CLOCK_SKEW_MS_MAX) {
    warnings.push(`The clock differs from the database's by ${Math.round(clockSkewMs / 1000)} s.`);
  }
  const state = reasons.length > 0 ? "failing" : warnings.length > 0 ? "degraded" : "ready";
  return { state, reasons, warnings };
}

function formatMegabytes(bytes: number): string {
  return `${Math.floor(bytes / 1024 / 1024)} MB`;
}

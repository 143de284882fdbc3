import type { Foundation } from "./compose-foundation.ts";
import { createAcceptance } from "./gateway/accept.ts";
import { createAutoLane } from "./inbox/work-auto-lane.ts";
import { createWorkLane } from "./inbox/work-follower.ts";
import { createGivingLane } from "./inbox/work-giving.ts";
import { createSearchLane } from "./inbox/work-search-lane.ts";
import type { Lane } from "./platform/lane.ts";
import { findAutoLagMs } from "./storage/auto-messages.ts";
import type { Database } from "./storage/connect.ts";
import { findFollowerLagMs } from "./storage/log-followers.ts";

const SEARCH_INTERVAL_MS = 1_000;
const WORK_INTERVAL_MS = 500;
const GIVING_INTERVAL_MS = 1_000;
const AUTO_INTERVAL_MS = 2_000;

/** The lanes that organise the work of the inbox: searching, facts, giving out, and what is said without anybody. */
export function composeWorkLanes(base: Foundation, sending: readonly Lane[]): Lane[] {
  const { config, shared } = base;
  const acceptance = createAcceptance({
    ...shared,
    waitingMax: config.SENDS_WAITING_MAX,
    onAccepted() {
      for (const lane of sending) lane.kick();
    },
  });
  const auto = createAutoLane({ ...shared, acceptance, intervalMs: AUTO_INTERVAL_MS });
  return [
    createSearchLane({ ...shared, intervalMs: SEARCH_INTERVAL_MS }),
    createWorkLane({ ...shared, intervalMs: WORK_INTERVAL_MS, onPlanned: () => auto.kick() }),
    createGivingLane({ ...shared, intervalMs: GIVING_INTERVAL_MS }),
    auto,
  ];
}

/** How far these lanes are behind. */
export async function findWorkLags(
  pool: Database,
  now: Date,
): Promise<{ lane: string; ageMs: number }[]> {
  return [
    { lane: "search", ageMs: await findFollowerLagMs(pool, "search", now) },
    { lane: "work", ageMs: await findFollowerLagMs(pool, "work", now) },
    { lane: "auto-messages", ageMs: await findAutoLagMs(pool, now) },
  ];
}

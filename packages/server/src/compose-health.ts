import { statfs } from "node:fs/promises";
import type { Foundation } from "./compose-foundation.ts";
import type { Lanes } from "./compose-lanes.ts";
import type { HealthDeps } from "./http/register-health-routes.ts";
import { rememberBriefly } from "./platform/remember-briefly.ts";
import { findSurroundings } from "./storage/instances.ts";

const LIFE_MS = 1_500;
/** A worker says every two seconds that it lives. */
const WORKER_SILENT_MS = 60_000;

/** How this process finds out how it is; `works`: it runs lanes. */
export function composeHealth(
  { config, shared }: Foundation,
  lanes: Lanes,
  works: boolean,
): Omit<HealthDeps, "phase"> {
  const { clock, pool } = shared;
  const look = async () => {
    const beganMs = clock.now();
    const { now, liveWorkers } = await findSurroundings(pool, WORKER_SILENT_MS);
    const endedMs = clock.now();
    const offMs = Math.max(beganMs - now.getTime(), now.getTime() - endedMs, 0);
    return {
      // A process without lanes has no lag of its own to answer for.
      lanes: works ? await lanes.lags() : [],
      liveWorkers,
      diskFreeBytes: await findFreeBytes(config.DATA_DIR),
      clockSkewMs: offMs,
    };
  };
  return {
    look: rememberBriefly(look, { clock, lifeMs: LIFE_MS }),
    lagMsMax: config.READY_LAG_S * 1000,
  };
}

async function findFreeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

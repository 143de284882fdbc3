import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { createPool, isUnavailable } from "./connect.ts";

const WAIT_MS_MAX = 60_000;
const PAUSE_MS = 200;

/**
 * Comes back when a database that is away for now (starting, mending a crash, not there yet) lets us in: after a power cut it and we
 * begin at once. Comes back also when that takes too long, or when something else is wrong with it: whoever works on it says what. The log
 * tells once that it is waited for.
 */
export async function waitForDatabase(
  url: string,
  { logger, waitMsMax = WAIT_MS_MAX }: { logger: Pick<Logger, "warn">; waitMsMax?: number },
): Promise<void> {
  const begun = performance.now();
  let told = false;
  for (;;) {
    const refusal = await tryDatabase(url);
    if (refusal === null || !isUnavailable(refusal)) return;
    if (performance.now() - begun >= waitMsMax) return;
    if (!told) logger.warn({ err: refusal }, "database.waiting");
    told = true;
    await sleep(PAUSE_MS);
  }
}

/** Why it did not let us in; null: it did. */
async function tryDatabase(url: string): Promise<unknown> {
  const pool = createPool(url, { applicationName: "recado-wait", connectionsMax: 1 });
  try {
    await pool.query("select 1");
    return null;
  } catch (error) {
    return error;
  } finally {
    await pool.end().catch(() => {});
  }
}

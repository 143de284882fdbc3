import type { Logger } from "pino";
import { createLane, type Lane } from "../platform/lane.ts";
import type { Database } from "../storage/connect.ts";
import { analyzeTable, findYoungTables } from "../storage/young-tables.ts";

/** What the lane needs. */
export interface StatisticsLaneDeps {
  pool: Database;
  logger: Logger;
  intervalMs: number;
}

/**
 * Has PostgreSQL look at tables that have just begun to grow. By itself it does so after a minute, or five; until then
 * statements go by plans that were made for an empty table, where every index looks as good as the right one, and a
 * busy first minute (of an installation, of a month) reads all that an account has for each send.
 *
 * Each table once: from then on PostgreSQL keeps its own watch. Any number of processes may run it.
 */
export function createStatisticsLane({ pool, logger, intervalMs }: StatisticsLaneDeps): Lane {
  const done = new Set<string>();
  return createLane({
    name: "statistics",
    intervalMs,
    logger,
    async round() {
      for (const name of await findYoungTables(pool)) {
        // One that stays unknown is somebody else's (its owner, who is at it) to look at.
        if (done.has(name)) continue;
        done.add(name);
        await analyzeTable(pool, name);
        logger.info({ table: name }, "table.analyzed");
      }
      return false;
    },
  });
}

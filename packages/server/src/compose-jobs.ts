import type { Foundation } from "./compose-foundation.ts";
import { sweep } from "./gateway/sweep.ts";
import { watchSilence } from "./gateway/watch-silence.ts";
import type { ScheduledJob } from "./jobs/scheduled-jobs.ts";
import { ensurePartitions } from "./storage/partitions.ts";
import { verifyWallets } from "./wallet/verify.ts";

/** Partitions are made this many months before they are needed. */
export const MONTHS_AHEAD = 2;

/** What the worker does by the clock. */
export function listJobs({ shared }: Foundation): ScheduledJob[] {
  const { logger, pool } = shared;
  return [
    {
      name: "wallet-verify",
      cron: "30 7 * * *",
      async run() {
        const report = await verifyWallets(pool);
        const wrong = report.wallets.length + report.messages.length;
        if (wrong > 0) logger.error({ report }, "wallet.differs");
        else logger.info("wallet.verified");
      },
    },
    {
      name: "partitions",
      cron: "15 6 * * *",
      async run() {
        await ensurePartitions(pool, { now: new Date(), monthsAhead: MONTHS_AHEAD });
      },
    },
    {
      name: "silent-numbers",
      cron: "*/15 * * * *",
      async run() {
        await watchSilence(shared);
      },
    },
    {
      name: "sweep",
      cron: "45 * * * *",
      async run() {
        logger.info(await sweep(shared), "sweep.done");
      },
    },
  ];
}

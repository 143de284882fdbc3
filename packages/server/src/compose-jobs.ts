import type { Foundation } from "./compose-foundation.ts";
import { sweep } from "./gateway/sweep.ts";
import type { ScheduledJob } from "./jobs/scheduled-jobs.ts";
import { ensurePartitions } from "./storage/partitions.ts";
import { verifyWallets } from "./wallet/verify.ts";

const DAY_MS = 86_400_000;

/** Partitions are made this many months before they are needed. */
export const MONTHS_AHEAD = 2;

/** What the worker does by the clock. */
export function listJobs({ shared, config }: Foundation): ScheduledJob[] {
  const { logger, pool } = shared;
  const uploadLifeMs = config.UPLOADED_MEDIA_DAYS * DAY_MS;
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
      name: "sweep",
      cron: "45 * * * *",
      async run() {
        logger.info(await sweep({ ...shared, uploadLifeMs }), "sweep.done");
      },
    },
  ];
}

import type { Foundation } from "./compose-foundation.ts";
import { sweep } from "./gateway/sweep.ts";
import type { ScheduledJob } from "./jobs/scheduled-jobs.ts";
import { deleteOldMails } from "./storage/mail-outbox.ts";
import { ensurePartitions } from "./storage/partitions.ts";
import { deleteOldSpending } from "./storage/spending.ts";
import { verifyWallets } from "./wallet/verify.ts";

/** Partitions are made this many months before they are needed. */
export const MONTHS_AHEAD = 2;

const DAY_MS = 86_400_000;
/** A message can still be refunded for so long: its day must be there. */
const COUNTERS_KEPT_DAYS = 62;
const MAILS_KEPT_DAYS = 90;

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
      name: "limits-sweep",
      cron: "20 6 * * *",
      async run() {
        const before = (days: number) => new Date(shared.clock.now() - days * DAY_MS);
        const counters = await deleteOldSpending(pool, before(COUNTERS_KEPT_DAYS));
        const mails = await deleteOldMails(pool, before(MAILS_KEPT_DAYS));
        logger.info({ counters, mails }, "limits.swept");
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

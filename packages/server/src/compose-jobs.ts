import { retain } from "./accounts/retain.ts";
import { sweepSessions } from "./accounts/sessions.ts";
import type { Foundation } from "./compose-foundation.ts";
import { sweep } from "./gateway/sweep.ts";
import { watchSilence } from "./gateway/watch-silence.ts";
import type { ScheduledJob } from "./jobs/scheduled-jobs.ts";
import { deleteOldMails } from "./storage/mail-outbox.ts";
import { ensurePartitions } from "./storage/partitions.ts";
import { deleteOldSpending } from "./storage/spending.ts";
import { settleDays } from "./wallet/settle.ts";
import { closeAllMonths } from "./wallet/statements.ts";
import { verifyBooks } from "./wallet/verify.ts";

/** Partitions are made this many months before they are needed. */
export const MONTHS_AHEAD = 2;

const DAY_MS = 86_400_000;
/** A message can still be refunded for so long: its day must be there. */
const COUNTERS_KEPT_DAYS = 62;
const MAILS_KEPT_DAYS = 90;
/** Of one night: a turn that takes longer than a quarter of an hour counts as lost, and another process begins it. */
const RETENTION_MS_MAX = 600_000;

/** What the worker does by the clock. */
export function listJobs({ shared, config }: Foundation): ScheduledJob[] {
  const { logger, pool } = shared;
  const uploadLifeMs = config.UPLOADED_MEDIA_DAYS * DAY_MS;
  return [
    {
      name: "wallet-verify",
      cron: "30 7 * * *",
      async run() {
        const report = await verifyBooks(pool);
        const wrong = Object.values(report).flat().length;
        if (wrong > 0) logger.error({ report }, "wallet.differs");
        else logger.info("wallet.verified");
      },
    },
    {
      // After each hour in which somewhere a day or a month can have ended.
      name: "close-books",
      cron: "10 * * * *",
      async run() {
        const { days, belowZero } = await settleDays(shared);
        const accounts = await closeAllMonths(shared);
        logger.info({ days, accounts }, "books.closed");
        if (belowZero.length > 0) logger.warn({ belowZero }, "settlement.below_zero");
      },
    },
    {
      name: "retention",
      cron: "20 8 * * *",
      async run() {
        const untilMs = shared.clock.now() + RETENTION_MS_MAX;
        for (let more = true; more && shared.clock.now() < untilMs; ) {
          const done = await retain(shared, null);
          logger.info(done, "retention.done");
          more = done.more;
        }
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
      name: "sessions-sweep",
      cron: "50 * * * *",
      async run() {
        logger.info(await sweepSessions(shared), "sessions.swept");
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
        logger.info(await sweep({ ...shared, uploadLifeMs }), "sweep.done");
      },
    },
  ];
}

import { PgBoss } from "pg-boss";
import type { Logger } from "pino";

/** Work that returns by the clock. Any number of processes may run it: each turn is done by one. */
export interface ScheduledJob {
  name: string;
  /** Five fields, UTC. */
  cron: string;
  run(): Promise<void>;
}

/** Running jobs. */
export interface ScheduledJobs {
  /** Waits for the turns under way. */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 3_000;

/** Starts scheduled jobs on the database at `url`; pg-boss keeps their turns in its own schema. */
export async function startScheduledJobs(options: {
  url: string;
  logger: Logger;
  jobs: readonly ScheduledJob[];
}): Promise<ScheduledJobs> {
  const { logger, jobs } = options;
  const boss = new PgBoss({ connectionString: options.url, max: 2, schema: "pgboss" });
  boss.on("error", (error) => logger.warn({ err: error }, "jobs.error"));
  await boss.start();
  for (const job of jobs) {
    await boss.createQueue(job.name);
    await boss.schedule(job.name, job.cron);
    await boss.work(job.name, { pollingIntervalSeconds: 30 }, async () => {
      await job.run();
      logger.info({ job: job.name }, "job.done");
    });
  }
  return { stop: () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS }) };
}

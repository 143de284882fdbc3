import { openRealDatabase, type RealDatabase } from "./real-database.ts";
import { type RunResult, runSeed } from "./run-seed.ts";

/** Which seeds are run, and how long trouble lasts in each. */
export interface SimulationOptions {
  from: number;
  count: number;
  steps: number;
}

/** Where it tells of itself. */
export interface Mouth {
  say(line: string): void;
  /** Told every line of the traces; undefined: nobody wants them. */
  onLine?: ((line: string) => void) | undefined;
}

const REPORT_EVERY = 1_000;
/** Deleted rows are given back this often: it costs more than many runs. */
const FRESH_EVERY = 200;

/** Runs the seeds, and stops at the first that fails; answers how many kept every promise, and how many did not. */
export async function simulate(
  options: SimulationOptions,
  mouth: Mouth,
): Promise<{ kept: number; failed: number }> {
  const { from, count, steps } = options;
  const database = await openRealDatabase();
  const sum = { steps: 0, deaths: 0, startedMs: performance.now() };
  try {
    for (let done = 0; done < count; done += 1) {
      const isFresh = done % FRESH_EVERY === 0;
      const given = mouth.onLine ? { onLine: mouth.onLine } : {};
      const result = await runSeed(database, { seed: from + done, steps, isFresh, ...given });
      sum.steps += result.steps;
      sum.deaths += result.deaths;
      if (count === 1)
        mouth.say(`seed ${result.seed}: ${result.steps} steps, trace ${result.hash}`);
      if (result.violations.length > 0) {
        await explain(database, { result, steps, mouth });
        return { kept: done, failed: 1 };
      }
      const isRound = (done + 1) % REPORT_EVERY === 0 || done + 1 === count;
      if (isRound) mouth.say(formatSum(sum, { next: from + done + 1, done: done + 1 }));
    }
    return { kept: count, failed: 0 };
  } finally {
    await database.close();
  }
}

async function explain(
  database: RealDatabase,
  { result, steps, mouth }: { result: RunResult; steps: number; mouth: Mouth },
): Promise<void> {
  const { seed, hash, violations } = result;
  const again = await runSeed(database, { seed, steps, isFresh: true });
  mouth.say(`seed ${seed} broke a promise:`);
  for (const violation of violations) mouth.say(`  ${violation}`);
  mouth.say(again.hash === hash ? "It replays exactly." : "Its replay went another way.");
  mouth.say(`Again: npm run simulate -- --seed ${seed} --steps ${steps} --trace`);
}

function formatSum(
  sum: { steps: number; deaths: number; startedMs: number },
  { next, done }: { next: number; done: number },
): string {
  const seconds = (performance.now() - sum.startedMs) / 1_000;
  const rate = (done / seconds).toFixed(1);
  return `${done} seeds kept every promise in ${seconds.toFixed(0)} s (${rate}/s): ${sum.steps} steps, ${sum.deaths} deaths; goes on with --from ${next}`;
}

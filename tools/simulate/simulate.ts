import { openRealDatabase, type RealDatabase } from "./real-database.ts";
import { type RunResult, runSeed, type Tally } from "./run-seed.ts";

/** Which seeds are run, and how long trouble lasts in each. */
export interface SimulationOptions {
  from: number;
  count: number;
  steps: number;
  /** Seeds under way at once, each on a database of its own: while one waits for PostgreSQL, another goes on. */
  lanes: number;
}

/** Where it tells of itself. */
export interface Mouth {
  say(line: string): void;
  /** Told every line of the traces; undefined: nobody wants them. */
  onLine?: ((line: string) => void) | undefined;
}

const REPORT_EVERY = 1_000;
/** Seeds that follow one another on one database; then the space of deleted rows is given back, which costs more than many runs. */
const CHUNK = 200;

interface Progress {
  /** The first seed that nobody has begun. */
  next: number;
  done: number;
  steps: number;
  tally: Tally;
  startedMs: number;
  failed: RunResult | null;
  /** Seeds that are under way. */
  open: Set<number>;
}

/** Runs the seeds, and stops at the first that fails; answers how many kept every promise, and how many did not. */
export async function simulate(
  options: SimulationOptions,
  mouth: Mouth,
): Promise<{ kept: number; failed: number }> {
  const tally: Tally = { messages: 0, deaths: 0, faults: 0, calls: 0, hooks: 0 };
  const progress: Progress = {
    ...{ next: options.from, done: 0, steps: 0, tally, startedMs: performance.now() },
    ...{ failed: null, open: new Set() },
  };
  const lanes = Math.max(1, Math.min(options.lanes, Math.ceil(options.count / CHUNK)));
  await Promise.all(Array.from({ length: lanes }, () => runLane(options, { progress, mouth })));
  const { failed, done } = progress;
  if (!failed) return { kept: done, failed: 0 };
  await explain(failed, { steps: options.steps, mouth });
  return { kept: done, failed: 1 };
}

async function runLane(
  options: SimulationOptions,
  stage: { progress: Progress; mouth: Mouth },
): Promise<void> {
  const { progress } = stage;
  const endSeed = options.from + options.count;
  const database = await openRealDatabase();
  try {
    while (progress.next < endSeed && !progress.failed) {
      const first = progress.next;
      // Chunks begin at the same seeds whatever the run begins with: what ran before a seed is then always the same.
      const last = Math.min(endSeed, (Math.floor(first / CHUNK) + 1) * CHUNK) - 1;
      progress.next = last + 1;
      await runChunk(database, { ...stage, options, seeds: [first, last] });
    }
  } finally {
    await database.close();
  }
}

async function runChunk(
  database: RealDatabase,
  given: {
    progress: Progress;
    mouth: Mouth;
    options: SimulationOptions;
    seeds: readonly [number, number];
  },
): Promise<void> {
  const { progress, mouth, options, seeds } = given;
  const [first, last] = seeds;
  for (let seed = first; seed <= last && !progress.failed; seed += 1) {
    progress.open.add(seed);
    const onLine = mouth.onLine ? { onLine: mouth.onLine } : {};
    const { steps } = options;
    const result = await runSeed(database, { seed, steps, isFresh: seed === first, ...onLine });
    progress.steps += result.steps;
    for (const name of Object.keys(result.tally) as (keyof Tally)[]) {
      progress.tally[name] += result.tally[name];
    }
    if (options.count === 1) mouth.say(`seed ${seed}: ${result.steps} steps, trace ${result.hash}`);
    if (result.violations.length > 0) {
      progress.failed ??= result;
      return;
    }
    progress.done += 1;
    progress.open.delete(seed);
    // The lane's next seed is under way as good as now: a run that is broken off goes on with the first that is not done.
    if (seed < last) progress.open.add(seed + 1);
    const isRound = progress.done % REPORT_EVERY === 0 || progress.done === options.count;
    if (isRound) mouth.say(formatSum(progress));
  }
}

async function explain(
  { seed, hash, violations }: RunResult,
  { steps, mouth }: { steps: number; mouth: Mouth },
): Promise<void> {
  mouth.say(`seed ${seed} broke a promise:`);
  for (const violation of violations) mouth.say(`  ${violation}`);
  const database = await openRealDatabase();
  const again = await runSeed(database, { seed, steps, isFresh: true });
  await database.close();
  const first = Math.floor(seed / CHUNK) * CHUNK;
  mouth.say(
    again.hash === hash
      ? "It replays exactly."
      : `Alone it goes another way; after its neighbours: --from ${first} --seeds ${seed - first + 1}`,
  );
  mouth.say(`Again: npm run simulate -- --seed ${seed} --steps ${steps} --trace`);
}

function formatSum({ done, next, open, steps, tally, startedMs }: Progress): string {
  const seconds = (performance.now() - startedMs) / 1_000;
  const goesOn = Math.min(next, ...open);
  const { messages, calls, hooks, deaths, faults } = tally;
  return [
    `${new Date().toISOString()} ${done} seeds kept every promise in ${seconds.toFixed(0)} s (${(done / seconds).toFixed(1)}/s):`,
    `${steps} steps, ${messages} messages, ${calls} calls, ${hooks} webhooks, ${deaths} deaths, ${faults} faults;`,
    `goes on with --from ${goesOn}`,
  ].join(" ");
}

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Callers, startCallers } from "./callers.ts";
import { type ChaosOptions, readChaosOptions, USAGE } from "./chaos-options.ts";
import { type ChaosWorld, openChaosWorld, removeChaosFolder } from "./chaos-world.ts";
import { checkRecords } from "./check-records.ts";
import { findUnnoticed } from "./doctor-records.ts";
import { gatherRecords, waitUntilQuiet } from "./gather-records.ts";
import type { ChaosRecords, TroubleRecord } from "./records.ts";
import { sayResult, sayTroubles } from "./say-result.ts";
import { createSeededRandom, type SeededRandom } from "./seeded-random.ts";
import type { Trouble } from "./troubles.ts";

/*
 * npm run chaos
 *
 * The real thing under load and under attack: two servers on one PostgreSQL, the simulator as WhatsApp, an integrator that
 * takes webhooks, and callers that send at a fixed rate and repeat what got no answer. Troubles come one after the other, then
 * one or two at a time as the seed has it. When all is quiet again, what callers, database, WhatsApp and integrator wrote down
 * is held against each other (`check-records.ts`); then copies of the records are spoilt, one for each promise, and
 * the checker must notice every one. Ends with 0 only when nothing was broken and the checker saw all that was.
 */

const CALM_SHARE = 0.5;
const DISK_MEGABYTES = 1_024;
/** Rows and log of a send, roughly, on the small disk. */
const SEND_KILOBYTES = 24;

await main();

async function main(): Promise<void> {
  let options: ChaosOptions;
  try {
    options = readChaosOptions(process.argv.slice(2));
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const sends = options.rate * options.seconds * 2 * (options.troubles.length + options.mixed);
  const world = await openChaosWorld(DISK_MEGABYTES + Math.ceil((sends * SEND_KILOBYTES) / 1_024));
  say(
    `seed ${options.seed} · ${options.rate} sends/s · ${world.postgres.version} · ${world.folder}`,
  );
  try {
    const isRight = await runChaos(world, options);
    process.exitCode = isRight ? 0 : 1;
    await world.close();
    if (isRight && !options.keep) removeChaosFolder(world);
    else say(`logs and records: ${world.folder}`);
  } catch (error) {
    say(`${error instanceof Error ? error.stack : error}\nlogs: ${world.folder}`);
    // Callers go on, and the rest may hang: everything ends with this process (`process.once("exit")` of each part).
    process.exit(1);
  }
}

async function runChaos(world: ChaosWorld, options: ChaosOptions): Promise<boolean> {
  const random = createSeededRandom(options.seed);
  const callers = startCallers(world.demo, world.servers, { perSecond: options.rate, random });
  const troubles = await makeTroubles(world, options, { callers, random });
  const stopped = performance.now();
  const load = await callers.stop();
  // What is still owed then shows in the records, as a message that never ended.
  const owed = await waitUntilQuiet(world, options.settleSeconds * 1_000);
  const took = Math.round((performance.now() - stopped) / 1_000);
  say(owed === null ? `quiet ${took} s after the last send` : `not quiet after ${took} s: ${owed}`);
  const records = await gatherRecords(world, { sends: callers.sends, troubles, load });
  writeRecords(world, records);
  const results = checkRecords(records);
  sayTroubles(records);
  sayResult(records, results);
  const unnoticed = findUnnoticed(records);
  for (const name of unnoticed) say(`the checker did not notice: ${name}`);
  const broken = results.filter(({ breaches }) => breaches.length > 0).length;
  const failed = broken + unnoticed.length;
  if (options.countsPath !== null) {
    const counts = { passed: results.length - broken, failed };
    writeFileSync(options.countsPath, JSON.stringify(counts));
  }
  return failed === 0;
}

async function makeTroubles(
  world: ChaosWorld,
  options: ChaosOptions,
  { callers, random }: { callers: Callers; random: SeededRandom },
): Promise<TroubleRecord[]> {
  const possible = options.troubles.filter(({ name, missing }) => {
    const why = missing?.(world) ?? null;
    if (why !== null) say(`${name} is left out: ${why}`);
    return why === null;
  });
  const mixed = Array.from({ length: options.mixed }, () =>
    random.shuffle(possible).slice(0, random.whole(1, 2)),
  );
  const records: TroubleRecord[] = [];
  await delay(options.seconds * 1_000 * CALM_SHARE);
  for (const group of [...possible.map((one) => [one]), ...mixed]) {
    const made = await Promise.all(
      group.map((one) => makeTrouble(one, { world, options, random })),
    );
    records.push(...made);
    for (const { name, what } of made) {
      say(
        `${name}: ${what} (${callers.sends.length} sends, ${callers.waiting()} wait for an answer)`,
      );
    }
    await delay(options.seconds * 1_000 * CALM_SHARE);
  }
  return records;
}

async function makeTrouble(
  { name, make }: Trouble,
  { world, options, random }: { world: ChaosWorld; options: ChaosOptions; random: SeededRandom },
): Promise<TroubleRecord> {
  const startedAtMs = Date.now();
  const done = await make({ world, random, lastsMs: options.seconds * 1_000 });
  return { name, ...done, startedAtMs, durationMs: Date.now() - startedAtMs };
}

/** For whoever looks for the cause of a breach. */
function writeRecords({ folder }: ChaosWorld, records: ChaosRecords): void {
  const plain = (_: string, value: unknown) => (typeof value === "bigint" ? `${value}` : value);
  writeFileSync(join(folder, "records.json"), JSON.stringify(records, plain, 1));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chance, createChance } from "./chance.ts";
import { checkRun } from "./check-run.ts";
import type { FaultyClient } from "./faulty-pool.ts";
import { type Breakage, createHousehold, type Household } from "./household.ts";
import { startIntegrators } from "./integrators.ts";
import type { RealDatabase } from "./real-database.ts";
import type { Record as RunRecord } from "./record.ts";
import { createSchedule, type Schedule } from "./schedule.ts";
import { planSeed } from "./seed-plan.ts";
import { resetWorld, START_MS } from "./world-rows.ts";

/** How a seed is run. */
export interface RunOptions {
  seed: number;
  /** Steps of trouble; then everything is calm until all has ended. */
  steps: number;
  broken?: Breakage;
  /** Told every line of the trace, and what the product logs. */
  onLine?(line: string): void;
  /** The space of earlier runs is given back first. */
  isFresh?: boolean;
}

/** What came of it. */
export interface RunResult {
  seed: number;
  /** Of all that happened: the same in every run of the seed. */
  hash: string;
  steps: number;
  /** What the model found wrong; empty: nothing. */
  violations: string[];
  deaths: number;
}

/** Runs one seed from an empty database to the end of everything, and lets the model judge it. */
export async function runSeed(database: RealDatabase, options: RunOptions): Promise<RunResult> {
  const plan = planSeed(options.seed);
  await resetWorld(database, plan, options.isFresh ?? false);
  const folder = mkdtempSync(join(tmpdir(), "recado-simulate-"));
  const chance = createChance(options.seed, 3);
  const schedule = createSchedule(chance, START_MS, options.onLine);
  const record: RunRecord = {
    plan,
    ...{ sends: [], calls: [], statuses: [], hooks: [], cancels: [], topups: [] },
  };
  const house = createHousehold({
    ...{ database, schedule, chance, record, folder },
    waiting: new Set<FaultyClient>(),
    broken: options.broken ?? {},
    onLog: (line) => options.onLine?.(line.trimEnd()),
  });
  try {
    startIntegrators({ schedule, chance, record, door: house.door });
    house.keepRunning();
    await liveThrough(database, options, { schedule, chance, house });
    house.calmDown();
    const hasSettled = await settle(database, { schedule, house });
    await house.endAll();
    const violations = hasSettled ? [] : ["not everything came to an end"];
    violations.push(...(await checkRun(database.pool, record)));
    for (const violation of violations) schedule.note(violation);
    const { taken: steps } = schedule;
    return { seed: options.seed, hash: schedule.hash(), steps, violations, deaths: house.deaths };
  } finally {
    house.discard();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Stage {
  schedule: Schedule;
  house: Household;
}

async function liveThrough(
  database: RealDatabase,
  { steps }: RunOptions,
  { schedule, chance, house }: Stage & { chance: Chance },
): Promise<void> {
  while (schedule.taken < steps) {
    house.disturb();
    if (chance.percent(1)) schedule.advance(chance.between(10, 400));
    // The machine stood still, or everybody was slow: leases run out with work under way.
    if (chance.percent(0.15)) schedule.advance(chance.between(20_000, 100_000));
    if (await schedule.step()) continue;
    const dueMs = schedule.nextDueMs({ idleToo: true });
    const isOver = schedule.nextDueMs({ idleToo: false }) === null;
    if (dueMs === null) return;
    if (isOver && (await findNextDueMs(database, schedule.now())) === null) return;
    schedule.advance(dueMs - schedule.now());
  }
}

/** Rounds until everything must have ended: retries of webhooks take a day and a half by themselves. */
const ROUNDS_MAX = 150;
const STEPS_MAX = 20_000;
/** Within this time every lane has looked. */
const LOOK_MS = 8_000;

async function settle(database: RealDatabase, { schedule, house }: Stage): Promise<boolean> {
  const limit = schedule.taken + STEPS_MAX;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    while (schedule.hasReady()) {
      await schedule.step();
      if (schedule.taken > limit) return false;
    }
    const ownMs = schedule.nextDueMs({ idleToo: false });
    const dueMs = await findNextDueMs(database, schedule.now());
    if (ownMs === null && dueMs === null) return true;
    // What is due in the database is found at the next look of a lane.
    const foundMs = dueMs === null ? Number.POSITIVE_INFINITY : dueMs + LOOK_MS;
    schedule.advance(Math.max(1, Math.min(ownMs ?? foundMs, foundMs) - schedule.now()));
    house.lookAgain();
  }
  return false;
}

/** When the database has work next; null: everything in it has ended. */
async function findNextDueMs(database: RealDatabase, nowMs: number): Promise<number | null> {
  const { rows } = await database.pool.query<{ due: Date | null }>({
    name: "simulate-next-due",
    text: `select least(
      (select min(due_at) from messages where lane is not null),
      (select min(due_at) from deliveries where state in ('pending', 'calling')),
      (select min(retry_at) from parked_statuses),
      (select min(received_at) from journal where state = 'new')) as due`,
  });
  const due = rows[0]?.due ?? null;
  return due === null ? null : Math.max(due.getTime(), nowMs);
}

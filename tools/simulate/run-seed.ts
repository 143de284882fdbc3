import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Chance, createChance } from "./chance.ts";
import { checkRun } from "./check-run.ts";
import type { FaultyClient } from "./faulty-pool.ts";
import { type Breakage, createHousehold, type Household } from "./household.ts";
import { startIntegrators } from "./integrators.ts";
import type { LaneName } from "./product-process.ts";
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
  tally: Tally;
}

/** What happened in it, counted. */
export interface Tally {
  /** Messages that were accepted. */
  messages: number;
  /** Deaths of processes. */
  deaths: number;
  /** Statements that went wrong, and outages of the database. */
  faults: number;
  /** Calls that WhatsApp got. */
  calls: number;
  /** Webhooks that receivers got. */
  hooks: number;
}

/** Where it exists, files cost no disk. */
const MEMORY = "/dev/shm";

/** Runs one seed from an empty database to the end of everything, and lets the model judge it. */
export async function runSeed(database: RealDatabase, options: RunOptions): Promise<RunResult> {
  const plan = planSeed(options.seed);
  await resetWorld(database, plan, options.isFresh ?? false);
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "recado-simulate-"));
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
    const hasSettled = await settle(database, { schedule, house, lookEveryMs: plan.lookEveryMs });
    await house.endAll();
    const violations = hasSettled ? [] : ["not everything came to an end"];
    const found = await checkRun(database.pool, record);
    violations.push(...found.violations);
    for (const violation of violations) schedule.note(violation);
    const tally = {
      messages: found.messages,
      deaths: house.deaths,
      faults: house.faults,
      calls: record.calls.length,
      hooks: record.hooks.length,
    };
    const { taken: steps } = schedule;
    return { seed: options.seed, hash: schedule.hash(), steps, violations, tally };
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
    const dueMs = schedule.nextDueMs({ looksToo: true });
    const isOver = schedule.nextDueMs({ looksToo: false }) === null;
    if (dueMs === null) return;
    if (isOver && (await findNextDue(database)) === null) return;
    schedule.advance(dueMs - schedule.now());
  }
}

/** Rounds until everything must have ended: retries of webhooks take a day and a half by themselves. */
const ROUNDS_MAX = 300;
const STEPS_MAX = 20_000;
async function settle(
  database: RealDatabase,
  { schedule, house, lookEveryMs }: Stage & { lookEveryMs: number },
): Promise<boolean> {
  const limit = schedule.taken + STEPS_MAX;
  // Within this time every lane has looked.
  const lookMs = lookEveryMs + 1_000;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    while (schedule.hasReady()) {
      await schedule.step();
      if (schedule.taken > limit) return false;
    }
    const ownMs = schedule.nextDueMs({ looksToo: false });
    if (ownMs !== null && ownMs < schedule.now() + lookMs) {
      schedule.advance(ownMs - schedule.now());
      continue;
    }
    const due = await findNextDue(database);
    if (ownMs === null && due === null) return true;
    // What is due in the database is found at the next look of its lane; if that did not help, of any.
    schedule.letLook(due === null || due.atMs > schedule.now() ? findLanes(due) : null);
    const now = schedule.now();
    const foundMs = due === null ? Number.POSITIVE_INFINITY : Math.max(due.atMs, now) + lookMs;
    schedule.advance(Math.max(1, Math.min(ownMs ?? foundMs, foundMs) - now));
    house.lookAgain();
  }
  return false;
}

interface NextDue {
  atMs: number;
  /** What is due: a lane of messages, or another kind of work. */
  kind: string;
}

function findLanes(due: NextDue | null): ReadonlySet<LaneName> {
  if (due === null) return new Set();
  if (due.kind === "queued") return new Set(["submit"]);
  if (due.kind === "delivery") return new Set(["deliver"]);
  return new Set(due.kind === "post" ? ["receive"] : ["reconcile"]);
}

/** What the database has to do next; null: everything in it has ended. */
async function findNextDue(database: RealDatabase): Promise<NextDue | null> {
  const { rows } = await database.pool.query<{ due: Date; kind: string }>({
    name: "simulate-next-due",
    text: `select due, kind from (
      (select due_at as due, lane as kind from messages where lane is not null order by due_at limit 1)
      union all (select due_at, 'delivery' from deliveries where state in ('pending', 'calling') order by due_at limit 1)
      union all (select retry_at, 'post' from parked_statuses order by retry_at limit 1)
      union all (select received_at, 'post' from journal where state = 'new' order by received_at limit 1)
    ) as work order by due limit 1`,
  });
  const [row] = rows;
  return row ? { atMs: row.due.getTime(), kind: row.kind } : null;
}

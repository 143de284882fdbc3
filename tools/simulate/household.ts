import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Chance } from "./chance.ts";
import {
  createFaultyPool,
  type DatabaseFaults,
  type FaultyClient,
  type FaultyPool,
} from "./faulty-pool.ts";
import { type BrokenParts, createProcess, type ProductProcess } from "./product-process.ts";
import type { RealDatabase } from "./real-database.ts";
import { createReceiverFetch } from "./receiver-model.ts";
import type { Record as RunRecord } from "./record.ts";
import type { Mortal, Schedule } from "./schedule.ts";
import type { Statement } from "./settled-statement.ts";
import { drawStillness } from "./stillness.ts";
import { createWhatsApp, type PostTaker } from "./whatsapp-model.ts";
import { START_MS } from "./world-rows.ts";

/** The product broken on purpose. */
export interface Breakage extends BrokenParts {
  rewrite?(statement: Statement): Statement;
  answersCommitEarly?: boolean;
}

/** Everything that the processes of a run stand on. */
export interface HouseholdWorld {
  database: RealDatabase;
  schedule: Schedule;
  chance: Chance;
  record: RunRecord;
  folder: string;
  waiting: Set<FaultyClient>;
  broken: Breakage;
  onLog(line: string): void;
}

/** The processes of a run: somebody keeps as many running as the plan says, and chance ends them. */
export interface Household {
  /** A process that answers; null: none does. */
  door(): ProductProcess | null;
  /** Starts what is missing, now and whenever one has died. */
  keepRunning(): void;
  /** Between two steps: perhaps a process dies, or the database goes. */
  disturb(): void;
  /** No more trouble. */
  calmDown(): void;
  /** Time has passed: who rests looks again. */
  lookAgain(): void;
  /** Ends every process and gives its connections back. */
  endAll(): Promise<void>;
  discard(): void;
  readonly deaths: number;
  /** Statements that went wrong, and outages of the database. */
  readonly faults: number;
}

interface Resident extends Mortal {
  alive: boolean;
  frozenUntilMs: number;
  host: string;
  process: ProductProcess;
  pool: FaultyPool;
}

const RESTART_MS_MAX = 8_000;
const OUTAGE_MS_MAX = 6_000;

/** Opens it, with nobody in it. */
export function createHousehold(world: HouseholdWorld): Household {
  const { schedule, chance, record } = world;
  const { plan } = record;
  const faults = { statementPercent: plan.statementPercent, isAway: false, count: 0 };
  const residents: Resident[] = [];
  const state = { isCalm: false, deaths: 0 };
  const living = () => residents.filter((resident) => resident.alive);
  const answering = () => living().filter((one) => one.frozenUntilMs <= schedule.now());
  const kill = (mortal: Mortal) => {
    const resident = residents.find((one) => one === mortal);
    if (!resident?.alive) return;
    resident.alive = false;
    state.deaths += 1;
    schedule.note(`${resident.name} dies`);
    resident.pool.abandon();
    resident.process.discard();
    restart(chance.between(0, RESTART_MS_MAX));
  };
  // Others have their trouble as long as it pleases them, whatever ours is.
  const isCalm = () => state.isCalm && schedule.now() >= START_MS + plan.othersCalmAfterMs;
  const freeze = (mortal: Mortal, ms: number) => {
    const resident = residents.find((one) => one === mortal);
    if (!resident || state.isCalm) return;
    resident.frozenUntilMs = Math.max(resident.frozenUntilMs, schedule.now() + ms);
    schedule.note(`${resident.name} stands still for ${ms}`);
  };
  const whatsapp = createWhatsApp({
    ...{ schedule, chance, record, kill, freeze, isCalm },
    takers: () => answering().map(asTaker),
  });
  const restart = (afterMs: number) => {
    const run = () => {
      if (living().length < plan.processes) {
        const given = { residents, faults, isCalm, freeze, httpFor: whatsapp.httpFor };
        const resident = openResident(world, given);
        residents.push(resident);
        resident.process.start(() => kill(resident));
      }
      return `${living().length} run`;
    };
    schedule.offerAfter(afterMs, { label: "start a process", owner: null, run });
  };
  const actors = { world, faults, state, living, kill, freeze, restart };
  return {
    door: () => (answering().length === 0 ? null : chance.pick(answering()).process),
    keepRunning() {
      for (let n = 0; n < plan.processes; n += 1) restart(0);
    },
    disturb: () => disturb(actors),
    calmDown: () => calmDown(actors),
    lookAgain() {
      if (living().length === 0) restart(0);
    },
    async endAll() {
      plan.processes = 0;
      for (const resident of living()) kill(resident);
      while (schedule.hasReady()) await schedule.step();
    },
    discard() {
      for (const resident of living()) resident.process.discard();
    },
    get deaths() {
      return state.deaths;
    },
    get faults() {
      return faults.count;
    },
  };
}

interface Actors {
  world: HouseholdWorld;
  faults: DatabaseFaults;
  state: { isCalm: boolean };
  living(): Resident[];
  kill(mortal: Mortal): void;
  freeze(mortal: Mortal, ms: number): void;
  restart(afterMs: number): void;
}

function disturb({ world, faults, living, kill, freeze }: Actors): void {
  const { chance, schedule, record } = world;
  const { plan } = record;
  const alive = living();
  if (alive.length > 0 && chance.percent(plan.deathPermille / 10)) kill(chance.pick(alive));
  if (alive.length > 0 && chance.percent(plan.stillPermille / 10)) {
    freeze(chance.pick(alive), drawStillness(chance, { least: 5 }));
  }
  if (faults.isAway || !chance.percent(plan.outagePermille / 10)) return;
  faults.isAway = true;
  faults.count += 1;
  for (const { pool } of living()) pool.cut();
  const run = () => {
    faults.isAway = false;
    return "";
  };
  const ms = chance.between(100, OUTAGE_MS_MAX);
  schedule.offerAfter(ms, { label: "the database is back", owner: null, run });
}

function calmDown({ world, faults, state, living, kill, restart }: Actors): void {
  state.isCalm = true;
  world.schedule.note("from here on all is calm");
  faults.statementPercent = 0;
  faults.isAway = false;
  // Perhaps all die once more, and the one who comes has to clear up alone.
  const goes = world.chance.percent(50) ? living() : living().slice(1);
  for (const resident of goes) kill(resident);
  for (const resident of living()) resident.frozenUntilMs = 0;
  world.record.plan.processes = 1;
  restart(0);
}

function openResident(
  world: HouseholdWorld,
  given: {
    residents: readonly Resident[];
    faults: DatabaseFaults;
    isCalm(): boolean;
    freeze(mortal: Mortal, ms: number): void;
    httpFor: ReturnType<typeof createWhatsApp>["httpFor"];
  },
): Resident {
  const { schedule, chance, record, broken } = world;
  const { plan } = record;
  const host = `host-${chance.between(1, plan.hosts)}`;
  const callsFolder = join(world.folder, host);
  mkdirSync(callsFolder, { recursive: true });
  const owner = { name: `p${given.residents.length}`, alive: true, frozenUntilMs: 0, host };
  const pool = createFaultyPool(
    {
      ...{ schedule, chance, database: world.database, faults: given.faults },
      waiting: world.waiting,
      rewrite: broken.rewrite,
      answersCommitEarly: broken.answersCommitEarly,
    },
    owner,
  );
  const ground = {
    ...{ schedule, pool: pool.pool, host, callsFolder, broken, onLog: world.onLog },
    http: given.httpFor(owner),
    fetch: createReceiverFetch({ schedule, chance, record, ...given }, owner),
    unknownAfterMs: plan.unknownAfterMs,
    lookEveryMs: plan.lookEveryMs,
    seed: plan.seed * 100 + given.residents.length,
    isAlive: (id: string) =>
      given.residents.some((one) => one.alive && one.process.instanceId === id),
  };
  return Object.assign(owner, { pool, process: createProcess(ground, owner) });
}

function asTaker({ name, process }: Resident): PostTaker {
  return { name, takePost: process.takePost };
}

import { setTimeout as delay } from "node:timers/promises";
import type { ChaosServer, ChaosWorld } from "./chaos-world.ts";
import { countCallsUnderWay } from "./gather-records.ts";
import type { SeededRandom } from "./seeded-random.ts";
import type { TcpProxy } from "./tcp-proxy.ts";

/** What a trouble is handed. */
export interface TroubleTurn {
  world: ChaosWorld;
  random: SeededRandom;
  /** How long it lasts. */
  lastsMs: number;
}

/** What it did. */
export interface TroubleDone {
  what: string;
  /** Calls to WhatsApp that were under way in the servers that it killed. */
  callsUnderWay: number;
}

/** Something bad that happens to a running product, and stops happening. */
export interface Trouble {
  name: string;
  /** Why it cannot be made here; null when it can. */
  missing?(world: ChaosWorld): string | null;
  /** Makes it, and resolves when it is over. */
  make(turn: TroubleTurn): Promise<TroubleDone>;
}

/** A server that starts while the database comes back may give up and be started again. */
const AWAY_AFTER_MS = 15_000;
/** A killed simulator listens again after about so long. */
const SIMULATOR_BACK_MS = 2_500;
const CUT_EVERY_MS = 300;
const CUT_SHARE = 0.2;
const HOLD_MS_MAX = 1_500;

/** In the order in which they come one after the other. */
export const TROUBLES: readonly Trouble[] = [
  { name: "kill-server", make: killServer },
  { name: "kill-both-servers", make: killBothServers },
  { name: "kill-postmaster", make: killPostmaster },
  { name: "stop-simulator", make: stopSimulator },
  { name: "kill-simulator", make: killSimulator },
  { name: "freeze-receiver", make: freezeReceiver },
  {
    name: "full-disk",
    missing: ({ disk }) => (typeof disk === "string" ? disk : null),
    make: fillDisk,
  },
  { name: "cut-database", make: cutDatabase },
  { name: "cut-provider", make: cutProvider },
  { name: "jump-clock", make: jumpClock },
];

/** SIGKILL of one server, again and again: while it works, while it starts. */
async function killServer({ world, random, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  const hit: string[] = [];
  const untilMs = performance.now() + lastsMs;
  const counts: Promise<number>[] = [];
  while (performance.now() < untilMs) {
    const server = random.pick(world.servers);
    counts.push(killOne(world, server));
    hit.push(server.name.slice(-1));
    await delay(random.whole(1_500, 5_000));
  }
  return { what: `servers ${hit.join(" ")}`, callsUnderWay: sum(await Promise.all(counts)) };
}

async function killBothServers({ world, random, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  const counts = world.servers.map((server) => killOne(world, server));
  await delay(Math.min(lastsMs, random.whole(1_000, 4_000)));
  return { what: "at one moment", callsUnderWay: sum(await Promise.all(counts)) };
}

/** Says how many calls it had under way. */
async function killOne(world: ChaosWorld, { program }: ChaosServer): Promise<number> {
  const pid = program.pid();
  program.kill();
  // What it had sent to PostgreSQL before may still be done.
  await delay(100);
  return countCallsUnderWay(world, pid);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** SIGKILL of PostgreSQL's first process; a service manager starts it again. */
async function killPostmaster({ world, random, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  const untilMs = performance.now() + lastsMs;
  let times = 0;
  do {
    times += 1;
    world.databaseAway.until = Date.now() + AWAY_AFTER_MS;
    world.postgres.kill();
    await delay(random.whole(500, 2_000));
    await world.postgres.restart();
    await delay(random.whole(2_000, 4_000));
  } while (performance.now() < untilMs);
  // The servers live and hear WhatsApp's answers; what they cannot write down yet they write later.
  return { what: `${times} times`, callsUnderWay: 0 };
}

/** SIGSTOP: WhatsApp takes connections (the kernel does) and answers nothing, until SIGCONT. */
async function stopSimulator({ world, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  world.simulator.signal("SIGSTOP");
  await delay(lastsMs);
  world.simulator.signal("SIGCONT");
  // Whoever waits longer than a call's time-out gives up, which the cable sees.
  return { what: "SIGSTOP", callsUnderWay: 0 };
}

async function killSimulator({ world, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  world.simulator.kill();
  // Nobody listens there until it is back; the cable in between would take connections all the same.
  world.toProvider.refuse(true);
  await delay(Math.min(lastsMs, SIMULATOR_BACK_MS));
  world.toProvider.refuse(false);
  await delay(Math.max(0, lastsMs - SIMULATOR_BACK_MS));
  return { what: "SIGKILL", callsUnderWay: 0 };
}

/** The integrator takes calls and never answers; what it was told meanwhile it has forgotten, or does late. */
async function freezeReceiver({ world, random, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  world.receiver.freeze();
  await delay(lastsMs);
  const after = random.pick(["answer", "forget"] as const);
  world.receiver.thaw(after);
  return { what: after === "answer" ? "answers late" : "forgets what came", callsUnderWay: 0 };
}

/** No byte is left where the data, the files and the marks of calls are. */
async function fillDisk({ world, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  const { disk, postgres, databaseAway } = world;
  if (typeof disk === "string") throw new Error(disk);
  databaseAway.until = Date.now() + lastsMs + AWAY_AFTER_MS;
  disk.fill();
  await delay(lastsMs);
  const died = !postgres.isRunning();
  disk.empty();
  await postgres.restart();
  databaseAway.until = Date.now() + AWAY_AFTER_MS;
  return { what: died ? "PostgreSQL ended of it" : "PostgreSQL lived on", callsUnderWay: 0 };
}

async function cutDatabase({ world, random, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  const cables = world.servers.map(({ database }) => database);
  world.databaseAway.until = Date.now() + lastsMs + AWAY_AFTER_MS;
  const { cuts, holds } = await tearAt(cables, { random, lastsMs });
  return { what: `${cuts} connections cut, ${holds} times held`, callsUnderWay: 0 };
}

async function cutProvider({ world, random, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  const cables = [world.toProvider, world.fromProvider];
  const { cuts, holds } = await tearAt(cables, { random, lastsMs });
  return { what: `${cuts} connections cut, ${holds} times held`, callsUnderWay: 0 };
}

async function tearAt(
  cables: readonly TcpProxy[],
  { random, lastsMs }: { random: SeededRandom; lastsMs: number },
): Promise<{ cuts: number; holds: number }> {
  const untilMs = performance.now() + lastsMs;
  let cuts = 0;
  let holds = 0;
  while (performance.now() < untilMs) {
    const cable = random.pick(cables);
    const kind = random.next();
    if (kind < 0.2) {
      holds += 1;
      cable.hold();
      await delay(random.whole(100, HOLD_MS_MAX));
      cable.release();
    } else if (kind < 0.4) {
      cable.refuse(true);
      cuts += cable.cut(1, random.next);
      await delay(random.whole(100, HOLD_MS_MAX));
      cable.refuse(false);
    } else cuts += cable.cut(CUT_SHARE, random.next);
    await delay(CUT_EVERY_MS);
  }
  return { cuts, holds };
}

/** One server's clock is set forward or back, and right again: more than a lease in some of the jumps. */
async function jumpClock({ world, random, lastsMs }: TroubleTurn): Promise<TroubleDone> {
  const server: ChaosServer = random.pick(world.servers);
  const jumps = random.shuffle([-90_000, -5_000, 5_000, 90_000]);
  for (const jump of jumps) {
    server.setClock(jump);
    await delay(lastsMs / jumps.length);
  }
  server.setClock(0);
  const seconds = jumps.map((jump) => jump / 1_000).join(", ");
  return { what: `${server.name} by ${seconds} s`, callsUnderWay: 0 };
}

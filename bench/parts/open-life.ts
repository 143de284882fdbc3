import { setTimeout as delay } from "node:timers/promises";
import type { LoadTarget } from "./http-load.ts";
import type { OfferedLoad } from "./offer-load.ts";
import { readCpuMs } from "./process-stats.ts";
import * as programs from "./programs.ts";
import { createSends, SEND_PATH } from "./sends.ts";
import { watchStatements } from "./statements.ts";
import { startWebhookReceiver, type WebhookReceiver } from "./webhook-receiver.ts";

/** A server with everything that a message needs for its whole life, whose statements PostgreSQL counts. */
export interface LifeWorld {
  place: programs.Place;
  receiver: WebhookReceiver;
  server: programs.Program;
  target: LoadTarget;
  /** Milliseconds of CPU that server and PostgreSQL have used so far. */
  readCpu(): { server: number; postgres: number };
  /** Resolves when each accepted message was read; throws when some were not after `limitMs`. */
  waitForReads(offered: OfferedLoad, limitMs: number): Promise<void>;
  /** Ends the server, and nothing else. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

const STATUS_DELAY_MS = 20;

/** Where and how. */
export interface LifeWish {
  /** Settings of the product. */
  env?: Record<string, string>;
  /** A place that has data already; an empty one without it. */
  place?: programs.Place;
  /** Leaves the place where it is at the end. */
  keep?: boolean;
}

/** Starts simulator, receiver, server and its embedded PostgreSQL. */
export async function openLifeWorld(wish: LifeWish = {}): Promise<LifeWorld> {
  const place = wish.place ?? (await programs.makePlace());
  const receiver = await startWebhookReceiver();
  Object.assign(place.env, wish.env, { PRIVATE_HOSTS_ALLOWED: receiver.host });
  const simulator = programs.startSimulator(place);
  const server = await startWatched(place);
  await programs.runSql(place, [
    `update endpoints set url = '${receiver.url}' where url like '%/sim/receiver/demo'`,
  ]);
  await fetch(`http://127.0.0.1:${place.simulatorPort}/sim/behaviour`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ statusDelayMs: STATUS_DELAY_MS }),
  });
  const postmaster = programs.findPostmaster(place);
  return {
    ...{ place, receiver, server },
    target: { port: place.port, path: SEND_PATH, nextBody: createSends(programs.readDemo(place)) },
    readCpu: () => ({
      server: readCpuMs(server.pid),
      postgres: readCpuMs(postmaster, { withChildren: true }),
    }),
    waitForReads: (offered, limitMs) => waitForReads(receiver, offered, limitMs),
    pause: () => server.stop(),
    async close() {
      await server.stop();
      await simulator.stop();
      await receiver.stop();
      if (wish.keep !== true) programs.removePlace(place);
    },
  };
}

/** A server on a PostgreSQL that counts its statements, which takes a second start the first time. */
async function startWatched(place: programs.Place): Promise<programs.Program> {
  const first = await programs.startServer(place, ["demo"]);
  const [rows = []] = await programs.runSql(place, ["show shared_preload_libraries"]);
  if (JSON.stringify(rows).includes("pg_stat_statements")) return first;
  await watchStatements(place);
  await first.stop();
  return programs.startServer(place, ["demo"]);
}

async function waitForReads(
  receiver: WebhookReceiver,
  offered: OfferedLoad,
  limitMs: number,
): Promise<void> {
  const untilMs = performance.now() + limitMs;
  const isUnread = (id: string) => !receiver.readAtMs.has(id);
  for (;;) {
    const unread = [...offered.acceptedAtMs.keys()].filter(isUnread).length;
    if (unread === 0) return;
    if (performance.now() > untilMs) throw new Error(`${unread} were not read in ${limitMs} ms`);
    await delay(50);
  }
}

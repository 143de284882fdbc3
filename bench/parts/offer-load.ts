import { setTimeout as delay } from "node:timers/promises";
import { type Connection, isAccepted, type LoadTarget, note, open } from "./http-load.ts";

/** What an offered load came to. */
export interface OfferedLoad {
  /** When each accepted message was answered, by its id, on the clock of performance.now(). */
  acceptedAtMs: Map<string, number>;
  /** From the moment a request was due to its answer: waiting for a free connection counts. */
  latenciesMs: number[];
  others: Map<string, number>;
  /** Requests that were due and found no free connection until the end. */
  unsent: number;
}

const TICK_MS = 5;

/**
 * Offers requests at a fixed rate whatever the server does (an open loop), over at most `connections` at once.
 */
export async function offerLoad(
  target: LoadTarget,
  load: { perSecond: number; durationMs: number; connections: number },
): Promise<OfferedLoad> {
  const free: Connection[] = await Promise.all(
    Array.from({ length: load.connections }, () => open(target.port)),
  );
  const all = [...free];
  const result: OfferedLoad = {
    acceptedAtMs: new Map(),
    latenciesMs: [],
    others: new Map(),
    unsent: 0,
  };
  const underWay = new Set<Promise<void>>();
  const startedAt = performance.now();
  const total = Math.floor((load.perSecond * load.durationMs) / 1000);
  let sent = 0;
  const sendNext = (connection: Connection) => {
    const dueAt = startedAt + (sent * 1000) / load.perSecond;
    sent += 1;
    const done = sendOne(connection, { target, dueAt, result }).finally(() => {
      free.push(connection);
      underWay.delete(done);
    });
    underWay.add(done);
  };
  for (let nowMs = 0; nowMs < load.durationMs; nowMs = performance.now() - startedAt) {
    const due = Math.min(total, Math.floor((nowMs * load.perSecond) / 1000));
    for (let left = due - sent; left > 0; left -= 1) {
      const connection = free.pop();
      if (connection === undefined) break;
      sendNext(connection);
    }
    await delay(TICK_MS);
  }
  result.unsent = total - sent;
  await Promise.all(underWay);
  for (const connection of all) connection.close();
  return result;
}

async function sendOne(
  connection: Connection,
  { target, dueAt, result }: { target: LoadTarget; dueAt: number; result: OfferedLoad },
): Promise<void> {
  const answer = await connection.post(target.path, target.nextBody());
  const now = performance.now();
  const id = /"messageId":\s?"([^"]+)"/u.exec(answer.body)?.[1];
  if (!isAccepted(answer) || id === undefined) return note(result.others, answer);
  result.latenciesMs.push(now - dueAt);
  result.acceptedAtMs.set(id, now);
}

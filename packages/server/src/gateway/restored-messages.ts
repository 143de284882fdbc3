import type { Logger } from "pino";
import type { Clock } from "../platform/clock.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import { insertEvents } from "../storage/events.ts";
import {
  countHeld,
  deleteHeld,
  type HeldCount,
  releaseHeld,
  takeHeld,
} from "../storage/restored-messages.ts";
import { type ApplyDeps, applyChanges } from "./apply-changes.ts";

/** What deciding about held messages needs. */
export interface RestoredDeps extends ApplyDeps {
  pool: Database;
  clock: Clock;
  logger: Logger;
}

const GROUP_SIZE = 500;
const GIVEN_UP =
  "El mensaje esperaba cuando se restauró una copia; el operador no lo envió de nuevo";

/** What is held since a restore, by account. */
export function findRestored(deps: Pick<RestoredDeps, "pool">): Promise<HeldCount[]> {
  return countHeld(deps.pool);
}

/**
 * Decides about messages that are held since a restore, of one account or of all: `release` sends them (some
 * may arrive a second time), `fail` ends and refunds them. What WhatsApp told of meanwhile stays as it is.
 * Safe to repeat; many processes may do it. Answers how many.
 */
export async function settleRestored(
  deps: RestoredDeps,
  decision: { accountId: string | null; action: "release" | "fail" },
): Promise<number> {
  let settled = 0;
  for (const { accountId } of await countHeld(deps.pool)) {
    if (decision.accountId !== null && decision.accountId !== accountId) continue;
    for (;;) {
      const count = await settleGroup(deps, accountId, decision.action);
      settled += count;
      if (count === 0) break;
    }
  }
  deps.logger.warn({ ...decision, settled }, "restored.settled");
  return settled;
}

function settleGroup(
  deps: RestoredDeps,
  accountId: string,
  action: "release" | "fail",
): Promise<number> {
  return withTransaction(deps.pool, async (sql) => {
    const nowMs = deps.clock.now();
    const held = await takeHeld(sql, accountId, GROUP_SIZE);
    const ids = held.map((message) => message.id);
    if (action === "fail") {
      const change = { kind: "failed", atMs: nowMs, code: "402", reason: GIVEN_UP } as const;
      const changes = ids.map((messageId) => ({ messageId, change }));
      const applied = await applyChanges(sql, deps, { accountId, changes, nowMs });
      await deleteHeld(sql, accountId, ids);
      await Promise.all(applied.finish());
      return ids.length;
    }
    await releaseHeld(sql, accountId, ids);
    await deleteHeld(sql, accountId, ids);
    await insertEvents(
      sql,
      held.map((message) => ({
        accountId,
        id: deps.ids.next(nowMs),
        kind: "released",
        messageId: message.id,
        projectId: message.projectId,
        at: new Date(nowMs),
        data: null,
      })),
    );
    return ids.length;
  });
}

import type { EventName } from "@recado/contract/webhook-payloads";
import { AppError } from "../platform/app-error.ts";
import type { Clock } from "../platform/clock.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import {
  findDelivery,
  replayDeliveries as replayMany,
  replayDelivery as replayOne,
} from "../storage/delivery-history.ts";
import { type EndpointKey, lockEndpointState } from "../storage/endpoints.ts";

/** What replaying needs. Whoever calls has proved its right to the account, and kicks the lane. */
export interface ReplayDeps {
  pool: Database;
  clock: Clock;
}

/**
 * Sends one delivery again: a new cycle of attempts under the same webhook-id, so that a receiver that
 * has seen it can tell. A pending one is due at once; one for a disabled endpoint waits parked. Refuses
 * with `not_found`, and with `conflict` what is being called right now or is parked already.
 */
export async function replayDelivery(
  deps: ReplayDeps,
  key: { accountId: string; id: string },
): Promise<void> {
  await withTransaction(deps.pool, async (sql) => {
    const delivery = await findDelivery(sql, key);
    const state =
      delivery &&
      (await lockEndpointState(sql, { accountId: key.accountId, id: delivery.endpointId }));
    if (!state) throw new AppError("not_found", "there is no such delivery");
    const now = new Date(deps.clock.now());
    if (!(await replayOne(sql, key, { parked: state === "disabled", now }))) {
      throw new AppError("conflict", "it is being delivered already, or its endpoint is disabled");
    }
  });
}

/** Which deliveries of an endpoint to send again. */
export interface ReplayWish {
  /** Created then or later. */
  from: Date;
  /** Created before. */
  to: Date;
  /** Default: only those that were given up. */
  states?: readonly ("delivered" | "exhausted")[] | undefined;
  /** Default: all. */
  kinds?: readonly EventName[] | undefined;
}

/** Deliveries that one call replays. */
export const REPLAY_MAX = 10_000;

/**
 * As {@link replayDelivery}, for a range of an endpoint's finished deliveries, oldest first. Replays at
 * most {@link REPLAY_MAX}; with `more`, call again for the rest (with the default states, what was
 * replayed is not counted twice).
 */
export async function replayRange(
  deps: ReplayDeps,
  key: EndpointKey,
  wish: ReplayWish,
): Promise<{ replayed: number; more: boolean }> {
  return withTransaction(deps.pool, async (sql) => {
    const state = await lockEndpointState(sql, key);
    if (!state) throw new AppError("not_found", "there is no such webhook endpoint");
    const { from, to, states = ["exhausted"], kinds = null } = wish;
    const replayed = await replayMany(sql, key, {
      range: { from, to, states, kinds, max: REPLAY_MAX },
      parked: state === "disabled",
      now: new Date(deps.clock.now()),
    });
    return { replayed, more: replayed === REPLAY_MAX };
  });
}

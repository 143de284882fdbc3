import type { Logger } from "pino";
import type { Clock } from "../platform/clock.ts";
import type { IdMaker } from "../platform/ids.ts";
import { emitAccountEvents } from "../storage/account-events.ts";
import { type Database, withTransaction } from "../storage/connect.ts";
import { updatePendingToParked } from "../storage/delivery-parking.ts";
import { type EndpointKey, findEndpoint, setEndpointDisabled } from "../storage/endpoints.ts";

/** What disabling needs. */
export interface DisableDeps {
  pool: Database;
  clock: Clock;
  ids: IdMaker;
  logger: Logger;
}

/** Why an endpoint was disabled. */
export type DisableReason = keyof typeof REASONS;

const REASONS = {
  owner: "disabled by its owner",
  gone: "it answered 410 Gone",
  failing: "every call has failed for five days",
} as const;

/**
 * Disables an endpoint: what is on its way to it is parked until it is enabled again, and its owner is
 * told by an event and a log line. False when it is disabled already, or there is none.
 */
export async function disableEndpoint(
  deps: DisableDeps,
  key: EndpointKey,
  reason: DisableReason,
): Promise<boolean> {
  const nowMs = deps.clock.now();
  const parked = await withTransaction(deps.pool, async (sql) => {
    if (!(await setEndpointDisabled(sql, key, REASONS[reason]))) return null;
    const endpoint = await findEndpoint(sql, key);
    const count = await updatePendingToParked(sql, key);
    const event = {
      type: "endpoint.disabled" as const,
      subject: key.id,
      projectId: endpoint?.projectId ?? null,
      data: { endpoint_id: key.id, reason, waiting: count },
    };
    await emitAccountEvents(sql, deps, { accountId: key.accountId, nowMs, events: [event] });
    return count;
  });
  if (parked === null) return false;
  const ids = { accountId: key.accountId, endpointId: key.id };
  deps.logger.warn({ ...ids, reason, parked }, "endpoint.disabled");
  return true;
}

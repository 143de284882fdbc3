import type { Queryable } from "../storage/connect.ts";
import {
  type DeliveryAttemptView,
  type DeliveryView,
  listDeliveries,
  listDeliveryAttempts,
} from "../storage/delivery-queries.ts";
import { listTransfersOf, type TransferView } from "../storage/ledger-queries.ts";
import {
  type AttemptView,
  type EventView,
  listAttempts,
  listEvents,
} from "../storage/message-queries.ts";

/** Everything that is known of a message's life, each list in order. */
export interface MessageTimeline {
  attempts: AttemptView[];
  events: EventView[];
  transfers: TransferView[];
  /** Webhooks that it caused, with every call of each. */
  deliveries: (DeliveryView & { calls: DeliveryAttemptView[] })[];
}

const DELIVERIES_MAX = 500;

/** Reads what happened to a message: calls, events, money, webhooks. */
export async function readTimeline(
  sql: Queryable,
  message: { accountId: string; id: string },
): Promise<MessageTimeline> {
  const deliveries = await listDeliveries(
    sql,
    { accountId: message.accountId, endpointId: null, messageId: message.id, state: null },
    { before: null, limit: DELIVERIES_MAX },
  );
  return {
    attempts: await listAttempts(sql, message),
    events: await listEvents(sql, message),
    transfers: await listTransfersOf(sql, message),
    deliveries: await withCalls(sql, deliveries.reverse()),
  };
}

/** Deliveries of one account, each with the calls that were made for it. */
export async function withCalls(
  sql: Queryable,
  deliveries: readonly DeliveryView[],
): Promise<(DeliveryView & { calls: DeliveryAttemptView[] })[]> {
  const [first] = deliveries;
  if (!first) return [];
  const ids = deliveries.map((delivery) => delivery.id);
  const calls = await listDeliveryAttempts(sql, first.accountId, ids);
  const byDelivery = Map.groupBy(calls, (call) => call.deliveryId);
  return deliveries.map((delivery) => ({ ...delivery, calls: byDelivery.get(delivery.id) ?? [] }));
}

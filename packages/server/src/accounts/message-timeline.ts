import type { Queryable } from "../storage/connect.ts";
import {
  type DeliveryAttemptRow,
  type DeliveryRow,
  listDeliveries,
  listDeliveryAttempts,
} from "../storage/delivery-history.ts";
import { listTransfersOf, type TransferView } from "../storage/ledger-queries.ts";
import {
  type AttemptView,
  type EventView,
  listAttempts,
  listEvents,
} from "../storage/message-queries.ts";

/** A delivery with every call that was made for it, oldest first. */
export type DeliveryWithCalls = DeliveryRow & { calls: DeliveryAttemptRow[] };

/** Everything that is known of a message's life, each list in order. */
export interface MessageTimeline {
  attempts: AttemptView[];
  events: EventView[];
  transfers: TransferView[];
  /** Webhooks that it caused, with every call of each. */
  deliveries: DeliveryWithCalls[];
}

const DELIVERIES_MAX = 100;

/** Reads what happened to a message: calls, events, money, webhooks. */
export async function readTimeline(
  sql: Queryable,
  message: { accountId: string; id: string },
): Promise<MessageTimeline> {
  const { accountId, id: messageId } = message;
  const deliveries = await listDeliveries(sql, { accountId, messageId, max: DELIVERIES_MAX });
  return {
    attempts: await listAttempts(sql, message),
    events: await listEvents(sql, message),
    transfers: await listTransfersOf(sql, message),
    deliveries: await Promise.all(deliveries.reverse().map((delivery) => withCalls(sql, delivery))),
  };
}

/** A delivery with every call that was made for it. */
export async function withCalls(sql: Queryable, delivery: DeliveryRow): Promise<DeliveryWithCalls> {
  const key = { accountId: delivery.accountId, deliveryId: delivery.id };
  return { ...delivery, calls: await listDeliveryAttempts(sql, key) };
}

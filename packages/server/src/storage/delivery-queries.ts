import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";

/** An event on its way to an integrator's endpoint, as people look at it. */
export interface DeliveryView {
  accountId: string;
  /** The webhook-id that the receiver sees. */
  id: string;
  endpointId: string;
  seq: bigint;
  kind: string;
  messageId: string | null;
  /** The JSON that is posted. */
  body: string;
  state: "pending" | "calling" | "delivered" | "exhausted" | "parked";
  dueAt: Date | null;
  attempts: number;
  createdAt: Date;
  finishedAt: Date | null;
}

/** One call of an endpoint. */
export interface DeliveryAttemptView {
  deliveryId: string;
  number: number;
  startedAt: Date;
  finishedAt: Date | null;
  httpStatus: number | null;
  error: string | null;
  response: string | null;
}

const COLUMNS = `account_id as "accountId", id, endpoint_id as "endpointId", seq, kind,
  message_id as "messageId", body, state, due_at as "dueAt", attempts, created_at as "createdAt",
  finished_at as "finishedAt"`;

/** Which deliveries; what is null does not matter. */
export interface DeliveryFilter {
  accountId: string;
  endpointId: string | null;
  messageId: string | null;
  state: string | null;
}

/** Deliveries of an account, newest first. */
export async function listDeliveries(
  sql: Queryable,
  filter: DeliveryFilter,
  slice: Slice,
): Promise<DeliveryView[]> {
  const { rows } = await sql.query<DeliveryView>(
    `select ${COLUMNS} from deliveries
     where account_id = $1 and ($2::uuid is null or endpoint_id = $2)
       and ($3::uuid is null or message_id = $3) and ($4::text is null or state = $4)
       and ($5::uuid is null or id < $5)
     order by id desc limit $6`,
    [
      filter.accountId,
      filter.endpointId,
      filter.messageId,
      filter.state,
      slice.before,
      slice.limit,
    ],
  );
  return rows;
}

/** The delivery, or null. */
export async function findDelivery(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<DeliveryView | null> {
  const { rows } = await sql.query<DeliveryView>(
    `select ${COLUMNS} from deliveries where account_id = $1 and id = $2`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Every call that was made for these deliveries of an account, oldest first. */
export async function listDeliveryAttempts(
  sql: Queryable,
  accountId: string,
  deliveryIds: readonly string[],
): Promise<DeliveryAttemptView[]> {
  const { rows } = await sql.query<DeliveryAttemptView>(
    `select delivery_id as "deliveryId", number, started_at as "startedAt",
       finished_at as "finishedAt", http_status as "httpStatus", error, response
     from delivery_attempts where account_id = $1 and delivery_id = any ($2::uuid[])
     order by id limit 5000`,
    [accountId, deliveryIds],
  );
  return rows;
}

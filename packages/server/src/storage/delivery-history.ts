import type { EventName } from "@recado/contract/webhook-payloads";
import type { Queryable } from "./connect.ts";
import type { EndpointKey } from "./endpoints.ts";

/** Where a delivery stands. */
export type DeliveryState = "pending" | "calling" | "delivered" | "exhausted" | "parked";

/** A delivery as it is kept. */
export interface DeliveryRow {
  accountId: string;
  /** The webhook-id that the receiver sees. */
  id: string;
  endpointId: string;
  seq: bigint;
  kind: EventName;
  messageId: string | null;
  body: string;
  state: DeliveryState;
  /** Attempts of the present cycle; a replay begins a new one. */
  attempts: number;
  /** When the next attempt may be made; null when none is planned. */
  dueAt: Date | null;
  createdAt: Date;
  finishedAt: Date | null;
}

/** One call of a delivery. */
export interface DeliveryAttemptRow {
  id: string;
  /** From 1 in each cycle. */
  number: number;
  startedAt: Date;
  /** Null while the call is under way. */
  finishedAt: Date | null;
  httpStatus: number | null;
  error: string | null;
  /** The beginning of the receiver's reply. */
  response: string | null;
}

const COLUMNS = `d.account_id as "accountId", d.id, d.endpoint_id as "endpointId", d.seq, d.kind,
  d.message_id as "messageId", d.body, d.state, d.attempts,
  case when d.state = 'pending' then d.due_at end as "dueAt",
  d.created_at as "createdAt", d.finished_at as "finishedAt"`;

/** The delivery, or null when the account has none of that id. */
export async function findDelivery(
  sql: Queryable,
  key: { accountId: string; id: string },
): Promise<DeliveryRow | null> {
  const { rows } = await sql.query<DeliveryRow>(
    `select ${COLUMNS} from deliveries d where d.account_id = $1 and d.id = $2`,
    [key.accountId, key.id],
  );
  return rows[0] ?? null;
}

/** Which deliveries to list; what is absent does not restrict. */
export interface DeliveryFilter {
  accountId: string;
  endpointId?: string | undefined;
  messageId?: string | undefined;
  state?: DeliveryState | undefined;
  kind?: EventName | undefined;
  /** Created then or later. */
  from?: Date | undefined;
  /** Created before. */
  to?: Date | undefined;
  /** Id of the last one of the page before. */
  before?: string | undefined;
  /** Longest page. */
  max: number;
}

/** Deliveries of an account, newest first; the id of the last is the cursor of the next page. */
export async function listDeliveries(
  sql: Queryable,
  filter: DeliveryFilter,
): Promise<DeliveryRow[]> {
  const { rows } = await sql.query<DeliveryRow>(
    `select ${COLUMNS} from deliveries d
     where d.account_id = $1
       and ($2::uuid is null or d.endpoint_id = $2)
       and ($3::uuid is null or d.message_id = $3)
       and ($4::text is null or d.state = $4)
       and ($5::text is null or d.kind = $5)
       and ($6::timestamptz is null or d.created_at >= $6)
       and ($7::timestamptz is null or d.created_at < $7)
       and ($8::uuid is null or d.id < $8)
     order by d.id desc limit $9`,
    [
      filter.accountId,
      filter.endpointId ?? null,
      filter.messageId ?? null,
      filter.state ?? null,
      filter.kind ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.before ?? null,
      filter.max,
    ],
  );
  return rows;
}

/** Every attempt of a delivery, oldest first, those of earlier cycles included. */
export async function listDeliveryAttempts(
  sql: Queryable,
  key: { accountId: string; deliveryId: string },
): Promise<DeliveryAttemptRow[]> {
  const { rows } = await sql.query<DeliveryAttemptRow>(
    `select id, number, started_at as "startedAt", finished_at as "finishedAt",
       http_status as "httpStatus", error, response
     from delivery_attempts where account_id = $1 and delivery_id = $2 order by id`,
    [key.accountId, key.deliveryId],
  );
  return rows;
}

/** What is replayed of one endpoint. */
export interface ReplayRange {
  /** Created then or later. */
  from: Date;
  /** Created before. */
  to: Date;
  states: readonly ("delivered" | "exhausted")[];
  /** Null: all. */
  kinds: readonly EventName[] | null;
  max: number;
}

/**
 * Gives finished deliveries of an endpoint a new cycle of attempts under the same webhook-id, oldest
 * first; parks them instead while the endpoint is disabled. Answers how many, at most `max`.
 */
export async function replayDeliveries(
  sql: Queryable,
  key: EndpointKey,
  wanted: { range: ReplayRange; parked: boolean; now: Date },
): Promise<number> {
  const { range } = wanted;
  const { rowCount } = await sql.query(
    `update deliveries d
     set state = case when $8 then 'parked' else 'pending' end,
       due_at = case when $8 then null else $9::timestamptz - old.after * interval '1 microsecond' end,
       attempts = 0, owner = null, finished_at = null
     from (
       select account_id, id, row_number() over (order by seq desc) as after
       from (
         select account_id, id, seq from deliveries
         where account_id = $1 and endpoint_id = $2 and created_at >= $3 and created_at < $4
           and state = any($5::text[]) and ($6::text[] is null or kind = any($6))
         order by seq limit $7
       ) oldest
     ) old
     where d.account_id = old.account_id and d.id = old.id and d.state = any($5::text[])`,
    [
      key.accountId,
      key.id,
      range.from,
      range.to,
      range.states,
      range.kinds,
      range.max,
      wanted.parked,
      wanted.now,
    ],
  );
  return rowCount ?? 0;
}

/**
 * Gives one delivery a new cycle of attempts, due at once, or parks it while its endpoint is disabled.
 * False when it is being called at this moment, or is parked already.
 */
export async function replayDelivery(
  sql: Queryable,
  key: { accountId: string; id: string },
  wanted: { parked: boolean; now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `update deliveries
     set state = case when $3 then 'parked' else 'pending' end,
       due_at = case when $3 then null else $4::timestamptz end,
       attempts = 0, owner = null, finished_at = null
     where account_id = $1 and id = $2 and state in ('pending', 'delivered', 'exhausted')`,
    [key.accountId, key.id, wanted.parked, wanted.now],
  );
  return rowCount === 1;
}

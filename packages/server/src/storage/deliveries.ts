import type { EventName } from "@recado/contract/webhook-payloads";
import type { Queryable } from "./connect.ts";

/** An event on its way to one endpoint, as the transaction that causes it writes it down. */
export interface NewDelivery {
  accountId: string;
  /** UUIDv7; the webhook-id that the receiver sees, the same on every attempt. */
  id: string;
  endpointId: string;
  /**
   * Number of the event in its account; decides the order among deliveries of one `orderKey`. Null: that
   * of `eventId`, which the same transaction has stored before.
   */
  seq: bigint | null;
  eventId?: string | null;
  kind: EventName;
  /** Deliveries to one endpoint with the same key arrive one after the other: message or conversation. */
  orderKey: string;
  messageId: string | null;
  /** The JSON text, posted byte by byte as it is here. */
  body: string;
  /** When it happened for us; the first attempt is due then. */
  at: Date;
}

/**
 * Stores deliveries in one statement, in the caller's transaction. One for an endpoint that is disabled
 * at this moment is parked, any other is due at its `at`; one for an endpoint that is gone is left out.
 *
 * A disabled endpoint is locked against being enabled until the transaction ends, or a delivery could
 * be parked just after all parked ones were set free. Enabled ones are not locked.
 */
export async function insertDeliveries(
  sql: Queryable,
  rows: readonly NewDelivery[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query({
    name: "insert-deliveries",
    text: `
      with new as materialized (
        select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::text[], $6::text[],
            $7::uuid[], $8::text[], $9::timestamptz[], $10::uuid[])
          as n (account_id, id, endpoint_id, seq, kind, order_key, message_id, body, at, event_id)
      ), disabled as materialized (
        select e.account_id, e.id from endpoints e
        where e.state = 'disabled'
          and (e.account_id, e.id) in (select account_id, endpoint_id from new)
        order by e.account_id, e.id
        for share
      )
      insert into deliveries (account_id, id, endpoint_id, seq, kind, order_key, message_id, body,
        state, due_at, created_at)
      select n.account_id, n.id, n.endpoint_id,
        coalesce(n.seq, (
          select v.seq from events v where v.account_id = n.account_id and v.id = n.event_id)),
        n.kind, n.order_key, n.message_id, n.body,
        case when d.id is null then 'pending' else 'parked' end,
        case when d.id is null then n.at end,
        n.at
      from new n
      join endpoints e on e.account_id = n.account_id and e.id = n.endpoint_id
      left join disabled d on d.account_id = n.account_id and d.id = n.endpoint_id`,
    values: [
      rows.map((row) => row.accountId),
      rows.map((row) => row.id),
      rows.map((row) => row.endpointId),
      rows.map((row) => row.seq),
      rows.map((row) => row.kind),
      rows.map((row) => row.orderKey),
      rows.map((row) => row.messageId),
      rows.map((row) => row.body),
      rows.map((row) => row.at),
      rows.map((row) => row.eventId ?? null),
    ],
  });
}

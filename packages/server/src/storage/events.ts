import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** Something that happened, as the transaction that makes it happen writes it down. */
export interface NewEvent {
  accountId: string;
  /** UUIDv7. */
  id: string;
  kind: string;
  messageId: string | null;
  projectId: string | null;
  at: Date;
  data: unknown;
}

/**
 * Stores events and numbers them in their account, in the order given. The account's counter stays
 * locked until the commit, so numbers have no gaps and are seen in order: a reader who has seen n
 * will never find a smaller one later. Answers the numbers, in the order given.
 */
export async function insertEvents(sql: Queryable, events: readonly NewEvent[]): Promise<bigint[]> {
  if (events.length === 0) return [];
  const positions = countPositions(events);
  const counts = new Map(positions.map((entry) => [entry.accountId, entry.position]));
  const { rows } = await sql.query<{ n: number; seq: bigint }>({
    name: "insert-events",
    text: `with counted as (
             update counters c set event_seq = c.event_seq + k.n
             from (
               select c.account_id, k.n from counters c
               join unnest($2::uuid[], $3::int[]) as k(account_id, n) on k.account_id = c.account_id
               order by c.account_id for update of c
             ) k
             where c.account_id = k.account_id
             returning c.account_id, c.event_seq - k.n as before
           ), new as (
             select r.*, c.before + r.position as seq
             from json_to_recordset($1) as r(n int, account_id uuid, id uuid, kind text, message_id uuid,
               project_id uuid, at timestamptz, data jsonb, position int)
             join counted c on c.account_id = r.account_id
           ), stored as (
             insert into events (account_id, id, seq, kind, message_id, project_id, at, data)
             select account_id, id, seq, kind, message_id, project_id, at, data from new
           )
           select n, seq from new order by n`,
    values: [formatJson(positions.map(formatEvent)), [...counts.keys()], [...counts.values()]],
  });
  if (rows.length !== events.length) throw new Error("an event of an account without a counter");
  return rows.map((row) => row.seq);
}

function countPositions(events: readonly NewEvent[]) {
  const seen = new Map<string, number>();
  return events.map((event) => {
    const position = (seen.get(event.accountId) ?? 0) + 1;
    seen.set(event.accountId, position);
    return { ...event, position };
  });
}

function formatEvent(event: NewEvent & { position: number }, n: number) {
  return {
    n,
    account_id: event.accountId,
    id: event.id,
    kind: event.kind,
    message_id: event.messageId,
    project_id: event.projectId,
    at: event.at.toISOString(),
    data: event.data,
    position: event.position,
  };
}

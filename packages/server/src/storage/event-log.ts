import type { Queryable } from "./connect.ts";

/** How far an account's log of events reaches. */
export interface LogEnds {
  /** Number of the last event that is committed; every smaller one is committed too. */
  head: bigint;
  /** Whether the event after the place that was asked for is kept, or is not there yet. */
  continues: boolean;
}

/** Where the log ends, seen from behind the event `after`. */
export async function findLogEnds(
  sql: Queryable,
  place: { accountId: string; after: bigint },
): Promise<LogEnds> {
  const { rows } = await sql.query<LogEnds>({
    name: "find-log-ends",
    text: `
      select c.event_seq as head, c.event_seq = $2::bigint or exists (
        select from events e where e.account_id = $1 and e.seq = $2::bigint + 1
      ) as continues
      from counters c where c.account_id = $1`,
    values: [place.accountId, place.after],
  });
  return rows[0] ?? { head: 0n, continues: place.after === 0n };
}

/** Number of the oldest event of an account that is kept; null: none is. */
export async function findOldestSeq(sql: Queryable, accountId: string): Promise<bigint | null> {
  const { rows } = await sql.query<{ seq: bigint }>({
    name: "find-oldest-seq",
    text: "select seq from events where account_id = $1 and seq > 0 order by seq limit 1",
    values: [accountId],
  });
  return rows[0]?.seq ?? null;
}

/** An event of the log that is told. */
export interface LoggedEvent {
  seq: bigint;
  id: string;
  /** What it is told as. */
  type: string;
  at: Date;
  projectId: string | null;
  messageId: string | null;
  /** What it carries; with `told`, the body itself. */
  data: Record<string, unknown> | null;
  /** WhatsApp's id of its message, as far as the message is kept. */
  providerMessageId: string | null;
}

/** Which events to read. */
export interface LogSlice {
  accountId: string;
  /** Those with a greater number … */
  after: bigint;
  /** … up to this one. */
  to: bigint;
  types: readonly string[];
  /** Null: of all projects and of none. */
  projectId: string | null;
  max: number;
}

/**
 * What is told of a slice of an account's log, in order. An event that the integrator was not told of
 * (`quiet`: it came too late to be news) is left out.
 */
export async function listLoggedEvents(sql: Queryable, slice: LogSlice): Promise<LoggedEvent[]> {
  const { rows } = await sql.query<LoggedEvent>({
    name: "list-logged-events",
    text: `
      select e.seq, e.id, e.type, e.at, e.project_id as "projectId", e.message_id as "messageId",
        e.data,
        -- Not a join: while a month is young it would look cheapest to read all messages of the account.
        (select m.provider_message_id from messages m
         where m.account_id = $1 and m.id = e.message_id) as "providerMessageId"
      from (
        select seq, id, at, project_id, message_id, data,
          coalesce(data->'told'->>'event', case when data ? 'quiet' then null else kind end) as type
        from events
        where account_id = $1 and seq > $2 and seq <= $3
          and ($5::uuid is null or project_id = $5)
      ) e
      where e.type = any($4::text[])
      order by e.seq limit $6`,
    values: [slice.accountId, slice.after, slice.to, slice.types, slice.projectId, slice.max],
  });
  return rows;
}

/** Number of the last event of each of these accounts. */
export async function findEventHeads(
  sql: Queryable,
  accountIds: readonly string[],
): Promise<Map<string, bigint>> {
  const { rows } = await sql.query<{ account_id: string; event_seq: bigint }>({
    name: "find-event-heads",
    text: "select account_id, event_seq from counters where account_id = any($1::uuid[])",
    values: [accountIds],
  });
  return new Map(rows.map((row) => [row.account_id, row.event_seq]));
}

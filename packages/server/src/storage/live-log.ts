import type { Queryable } from "./connect.ts";

/** An event as those who listen need it. */
export interface LiveEvent {
  seq: number;
  id: string;
  kind: string;
  at: Date;
  messageId: string | null;
  data: Record<string, unknown> | null;
}

/** Events of a slice of an account's log, in order; what is told to integrators is left out of their data. */
export async function listLiveEvents(
  sql: Queryable,
  slice: { accountId: string; after: number; to: number; max: number },
): Promise<LiveEvent[]> {
  const { rows } = await sql.query<Omit<LiveEvent, "seq"> & { seq: bigint }>({
    name: "list-live-events",
    text: `select seq, id, kind, at, message_id as "messageId", data - 'told' as data from events
           where account_id = $1 and seq > $2 and seq <= $3 order by seq limit $4`,
    values: [slice.accountId, slice.after, slice.to, slice.max],
  });
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

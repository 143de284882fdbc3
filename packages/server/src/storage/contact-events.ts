import type { Queryable } from "./connect.ts";
import type { NewEvent } from "./events.ts";

/** An event and the contacts that it concerns. */
export interface ContactEvent {
  event: NewEvent;
  contactIds: readonly string[];
}

/** Notes which contacts events concern; the events themselves are stored by `insertEvents`. */
export async function insertContactEvents(
  sql: Queryable,
  rows: readonly ContactEvent[],
): Promise<void> {
  const flat = rows.flatMap(({ event, contactIds }) =>
    contactIds.map((contactId) => ({ accountId: event.accountId, contactId, eventId: event.id })),
  );
  if (flat.length === 0) return;
  await sql.query({
    name: "insert-contact-events",
    text: `insert into contact_events (account_id, contact_id, event_id)
           select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])`,
    values: [
      flat.map((row) => row.accountId),
      flat.map((row) => row.contactId),
      flat.map((row) => row.eventId),
    ],
  });
}

/** An event as its person's document shows it. */
export interface ContactEventView {
  id: string;
  seq: bigint;
  kind: string;
  at: Date;
  data: unknown;
}

/** Events of contacts after one of them, oldest first. */
export async function listContactEvents(
  sql: Queryable,
  of: { accountId: string; contactIds: readonly string[]; after: string; limit: number },
): Promise<ContactEventView[]> {
  const { rows } = await sql.query<ContactEventView>(
    `select distinct on (v.id) v.id, v.seq, v.kind, v.at, v.data
     from contact_events e join events v on v.account_id = e.account_id and v.id = e.event_id
     where e.account_id = $1 and e.contact_id = any($2::uuid[]) and e.event_id > $3
     order by v.id limit $4`,
    [of.accountId, of.contactIds, of.after, of.limit],
  );
  return rows;
}

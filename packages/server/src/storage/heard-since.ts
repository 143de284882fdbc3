import { PLACE_AFTER_ID_MAX_MS } from "../domain/thread-place.ts";
import { lowestIdAt } from "../platform/ids.ts";
import type { Queryable } from "./connect.ts";

/** What a person wrote on a channel since a moment. */
export interface HeardSince {
  count: number;
  /** Null: nothing. */
  lastAt: Date | null;
  lastId: string | null;
  /** The first of those from another moment on; null: none. */
  firstAt: Date | null;
}

/** What came in since a moment of ours from the addresses that a contact has now, and the first of it that was said from `waitsFrom` on. */
export async function findHeardSince(
  sql: Queryable,
  of: { accountId: string; contactId: string; channelId: string; since: Date; waitsFrom: Date },
): Promise<HeardSince> {
  const sinceMs = of.since.getTime();
  const { rows } = await sql.query<HeardSince>(
    `select count(*)::int as count, max(m.accepted_at) as "lastAt",
       (array_agg(m.id order by m.accepted_at desc, coalesce(m.place, m.id) desc))[1] as "lastId",
       min(m.accepted_at) filter (where m.accepted_at >= $6) as "firstAt"
     from contact_addresses a
     join messages m on m.account_id = a.account_id and m.mobile = a.value and m.channel_id = $3
       and m.direction = 'in' and m.id >= $4::uuid and coalesce(m.place, m.id) >= $5::uuid
     where a.account_id = $1 and a.contact_id = $2`,
    [
      ...[of.accountId, of.contactId, of.channelId],
      ...[lowestIdAt(sinceMs - PLACE_AFTER_ID_MAX_MS), lowestIdAt(sinceMs)],
      of.waitsFrom,
    ],
  );
  return rows[0] ?? { count: 0, lastAt: null, lastId: null, firstAt: null };
}

import type { Queryable } from "./connect.ts";

/** Which part of a thread. */
export interface ThreadSlice {
  accountId: string;
  contactId: string;
  channelId: string;
  /** Only messages of this project; null: all. */
  projectId: string | null;
  /** Only messages after this one, and before that one; null: no bound. */
  after: string | null;
  before: string | null;
  order: "newest" | "oldest";
  limit: number;
}

/**
 * Ids of the messages between a contact and a channel, in order of their moments. Each address is read by
 * the index on mobile and id, as many rows as the page has, however long the thread is.
 */
export async function listThreadIds(sql: Queryable, slice: ThreadSlice): Promise<string[]> {
  const direction = slice.order === "newest" ? "desc" : "asc";
  const { rows } = await sql.query<{ id: string }>(
    `select m.id from contact_addresses a
     cross join lateral (
       select m.id from messages m
       where m.account_id = a.account_id and m.mobile = a.value and m.channel_id = $3
         and ($4::uuid is null or m.project_id = $4) and m.id > $5::uuid and m.id < $6::uuid
       order by m.id ${direction} limit $7
     ) m
     where a.account_id = $1 and a.contact_id = $2
     order by m.id ${direction} limit $7`,
    [
      slice.accountId,
      slice.contactId,
      slice.channelId,
      slice.projectId,
      slice.after ?? LOWEST,
      slice.before ?? HIGHEST,
      slice.limit,
    ],
  );
  return rows.map((row) => row.id);
}

const LOWEST = "00000000-0000-0000-0000-000000000000";
const HIGHEST = "ffffffff-ffff-ffff-ffff-ffffffffffff";

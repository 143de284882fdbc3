import type { Slice } from "./accounts.ts";
import type { Queryable } from "./connect.ts";
import { formatJson } from "./format-json.ts";

/** What a provider told about a number, or about the business account that it belongs to. */
export interface ChannelNotice {
  accountId: string;
  id: string;
  /** Null: it concerns the business account, not one number. */
  channelId: string | null;
  /** The provider's name for it. */
  what: string;
  at: Date;
  data: unknown;
}

/** Stores a notice; false when it is there already. */
export async function insertNotice(sql: Queryable, notice: ChannelNotice): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into channel_notices (account_id, id, channel_id, what, at, data)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [
      notice.accountId,
      notice.id,
      notice.channelId,
      notice.what,
      notice.at,
      formatJson(notice.data),
    ],
  );
  return rowCount === 1;
}

/** Notices of an account, newest first. */
export async function listNotices(
  sql: Queryable,
  filter: { accountId: string; channelId: string | null },
  slice: Slice,
): Promise<ChannelNotice[]> {
  const { rows } = await sql.query<ChannelNotice>(
    `select account_id as "accountId", id, channel_id as "channelId", what, at, data
     from channel_notices
     where account_id = $1 and ($2::uuid is null or channel_id = $2 or channel_id is null)
       and ($3::uuid is null or id < $3)
     order by id desc limit $4`,
    [filter.accountId, filter.channelId, slice.before, slice.limit],
  );
  return rows;
}

/** A number that a notice may concern. */
export interface NoticeOwner {
  accountId: string;
  channelId: string;
  numberId: string;
  businessId: string;
  officialNumber: string;
}

/** Numbers of this app with one of these ids of their own or of their business account. */
export async function findNoticeOwners(
  sql: Queryable,
  wanted: { provider: string; appId: string; ids: readonly string[] },
): Promise<NoticeOwner[]> {
  const { rows } = await sql.query<NoticeOwner>(
    `select n.account_id as "accountId", n.channel_id as "channelId", n.number_id as "numberId",
       n.business_id as "businessId", c.official_number as "officialNumber"
     from channel_numbers n
     join channels c on c.account_id = n.account_id and c.id = n.channel_id
     where n.provider = $1 and n.app_id = $2
       and (n.business_id = any($3::text[]) or n.number_id = any($3::text[]))`,
    [wanted.provider, wanted.appId, wanted.ids],
  );
  return rows;
}

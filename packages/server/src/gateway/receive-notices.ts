import type { NoticeItem } from "../domain/inbound.ts";
import type { IdMaker } from "../platform/ids.ts";
import { findNoticeOwners, insertNotice, type NoticeOwner } from "../storage/channel-notices.ts";
import type { Transaction } from "../storage/connect.ts";
import { insertEvents, type NewEvent } from "../storage/events.ts";
import { makeDatedId } from "./dated-id.ts";
import type { FollowUp } from "./receive-statuses.ts";

/** A notice that the operator should see, and when its post came. */
export interface ToldNotice {
  item: NoticeItem & { said: NonNullable<NoticeItem["said"]> };
  receivedAt: Date;
}

/** The notices of a post that are more than counted. */
export function listToldNotices(
  items: readonly { kind: string }[],
  receivedAt: Date,
): ToldNotice[] {
  return items
    .filter((item): item is ToldNotice["item"] => item.kind === "notice" && "said" in item)
    .map((item) => ({ item, receivedAt }));
}

/** A notice and an account that it concerns. */
export interface OwnedNotice extends ToldNotice {
  accountId: string;
  /** Null: it concerns the business account, not one number. */
  channelId: string | null;
}

/** Finds whom notices concern. What concerns no number of this app is left out. */
export async function routeNotices(
  sql: Transaction,
  of: { provider: string; appId: string },
  notices: readonly ToldNotice[],
): Promise<OwnedNotice[]> {
  if (notices.length === 0) return [];
  const named = notices.flatMap(({ item }) => [item.numberId, item.businessId]);
  const ids = [...new Set(named.filter((id) => id !== null))];
  const owners = await findNoticeOwners(sql, { ...of, ids });
  return notices.flatMap((notice) =>
    chooseOwners(notice.item, owners).map((owner) => ({ ...notice, ...owner })),
  );
}

/**
 * Keeps what a provider told about numbers and their business accounts, once however often it is told, and
 * makes an event `channel.notice` of each.
 */
export async function receiveNotices(
  sql: Transaction,
  deps: { ids: IdMaker },
  { notices, nowMs }: { notices: readonly OwnedNotice[]; nowMs: number },
): Promise<FollowUp> {
  const events: NewEvent[] = [];
  for (const { accountId, channelId, item, receivedAt } of notices) {
    const { what, businessId, numberId } = item;
    const { data } = item.said;
    const at = item.said.at ?? receivedAt;
    const seed = `${accountId} ${what} ${businessId} ${numberId} ${JSON.stringify(data)}`;
    const notice = { accountId, id: makeDatedId(at, seed), channelId, what, at, data };
    if (!(await insertNotice(sql, notice))) continue;
    const about = { notice_id: notice.id, channel_id: channelId, what, data };
    const event = { kind: "channel.notice", messageId: null, projectId: null };
    events.push({ ...event, accountId, id: deps.ids.next(nowMs), at, data: about });
  }
  return { deliveries: 0, finish: () => (events.length === 0 ? [] : [insertEvents(sql, events)]) };
}

/** Whom a notice concerns: the number that it names, else every account with a number of the business account. */
function chooseOwners(
  { numberId, businessId, said }: ToldNotice["item"],
  owners: readonly NoticeOwner[],
): { accountId: string; channelId: string | null }[] {
  const within = owners.filter((owner) =>
    numberId === null ? owner.businessId === businessId : owner.numberId === numberId,
  );
  const exact = within.filter((owner) => owner.officialNumber === said.officialNumber);
  const found = exact.length > 0 ? exact : within;
  const isOfNumber = exact.length > 0 || numberId !== null;
  const byAccount = new Map(found.map(({ accountId, channelId }) => [accountId, channelId]));
  return [...byAccount].map(([accountId, channelId]) => ({
    accountId,
    channelId: isOfNumber ? channelId : null,
  }));
}

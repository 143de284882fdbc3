import { SERVICE_WINDOW_MS } from "../domain/service-window.ts";
import type { Transaction } from "../storage/connect.ts";
import type { Heard, JoinedConversation } from "../storage/contact-merges.ts";
import type { ConversationRow } from "../storage/conversations.ts";
import { findHeardSince } from "../storage/heard-since.ts";

/** Two conversations on one channel that a merge had made one, before either is written back. */
export interface SplitRequest {
  /** The one that went on. */
  rival: ConversationRow;
  /** The one that the merge had ended, with its own contact again. */
  moved: ConversationRow;
  joined: JoinedConversation;
  mergedAt: Date;
}

/** What a conversation has heard, for a merge to write down. */
export function formatHeard(row: ConversationRow): Heard {
  return {
    lastInboundAt: row.lastInboundAt.toISOString(),
    lastInboundId: row.lastInboundId,
    windowExpiresAt: row.windowExpiresAt.toISOString(),
    unread: row.unread,
    waitingSince: row.waitingSince?.toISOString() ?? null,
  };
}

/**
 * Gives each of two conversations what its own person said: what it had before the merge, and what came from its addresses
 * since. Whoever was answered meanwhile waits no longer, whichever of the two asked. The addresses are apart already.
 */
export async function splitConversation(
  sql: Transaction,
  { rival, moved, joined, mergedAt }: SplitRequest,
): Promise<{ rival: ConversationRow; moved: ConversationRow }> {
  const both = { rival, mergedAt, before: [joined.ofRival, joined.ofMoved] };
  const theirs = await hearAgain(sql, both, { row: moved, before: joined.ofMoved });
  const own = await hearAgain(sql, both, { row: rival, before: joined.ofRival });
  const wasRead = rival.unread < joined.ofRival.unread + joined.ofMoved.unread;
  const unread = wasRead
    ? Math.min(theirs.since, rival.unread)
    : theirs.since + joined.ofMoved.unread;
  return {
    rival: { ...own.row, unread: Math.max(0, rival.unread - unread) },
    moved: { ...theirs.row, unread },
  };
}

interface Together {
  rival: ConversationRow;
  mergedAt: Date;
  before: readonly Heard[];
}

async function hearAgain(
  sql: Transaction,
  { rival, mergedAt, before: both }: Together,
  { row, before }: { row: ConversationRow; before: Heard },
): Promise<{ row: ConversationRow; since: number }> {
  const { accountId, contactId, channelId } = row;
  const waits = rival.waitingSince?.getTime() ?? null;
  const asked = both.flatMap(({ waitingSince }) => waitingSince ?? []).sort()[0];
  const isUnanswered = asked !== undefined && waits === Date.parse(asked);
  const waitsFrom = isUnanswered ? new Date(0) : (rival.waitingSince ?? new Date(0));
  const heard = await findHeardSince(sql, {
    ...{ accountId, contactId, channelId, since: mergedAt, waitsFrom },
  });
  const own = isUnanswered && before.waitingSince !== null ? new Date(before.waitingSince) : null;
  const isNewer = heard.lastAt !== null && heard.lastAt.toISOString() >= before.lastInboundAt;
  const last = isNewer && heard.lastAt !== null ? heard.lastAt : new Date(before.lastInboundAt);
  const windowMs = Math.max(
    Date.parse(before.windowExpiresAt),
    isNewer ? last.getTime() + SERVICE_WINDOW_MS : 0,
  );
  return {
    row: {
      ...row,
      lastInboundAt: last,
      lastInboundId: (isNewer ? heard.lastId : null) ?? before.lastInboundId,
      windowExpiresAt: new Date(windowMs),
      waitingSince: waits === null ? null : (own ?? heard.firstAt),
    },
    since: heard.count,
  };
}

import { formatMoney } from "../domain/money.ts";
import { AppError } from "../platform/app-error.ts";
import type { Database } from "../storage/connect.ts";
import {
  isOptedOut,
  listPastConversations,
  listPastMerges,
  listReceived,
  sumSpent,
} from "../storage/contact-panel.ts";
import { findContact } from "../storage/contacts.ts";
import type { InboxRow } from "../storage/inbox-rows.ts";
import { uuidFloor } from "../storage/partitions.ts";

const RECEIVED_MAX = 20;
const CONVERSATIONS_MAX = 50;
const MERGES_MAX = 20;
const SPENT_MS = 30 * 86_400_000;

/** What is known of the person of a conversation. */
export async function loadPanel(
  pool: Database,
  of: { accountId: string; row: InboxRow; nowMs: number },
) {
  const { accountId, row, nowMs } = of;
  const { contactId, projectId } = row;
  const contact = await findContact(pool, { accountId, id: contactId });
  if (!contact) throw new AppError("not_found", "There is no such contact.");
  const whose = { accountId, contactId };
  const [received, conversations, merges, spent, optedOut] = await Promise.all([
    listReceived(pool, { ...whose, max: RECEIVED_MAX }),
    listPastConversations(pool, { ...whose, max: CONVERSATIONS_MAX }),
    listPastMerges(pool, { ...whose, max: MERGES_MAX }),
    sumSpent(pool, { ...whose, sinceId: uuidFloor(nowMs - SPENT_MS) }),
    isOptedOut(pool, { ...whose, projectId }),
  ]);
  const shown = {
    opted_out: optedOut,
    received: received.map(({ messageId, at, customField, template, source }) => ({
      ...{ message_id: messageId, at: at.toISOString(), custom_field: customField },
      ...{ template, source },
    })),
    conversations: conversations.map(({ id, state, rating, ...one }) => ({
      ...{ id, state, rating, channel_id: one.channelId, project_id: one.projectId },
      assignee_id: one.assigneeId,
      opened_at: one.openedAt.toISOString(),
      resolved_at: one.resolvedAt?.toISOString() ?? null,
      last_inbound_at: one.lastInboundAt.toISOString(),
    })),
    merges: merges.map(({ mergedId, name, mergedAt, undoneAt }) => ({
      ...{ merged_id: mergedId, name, merged_at: mergedAt.toISOString() },
      undone_at: undoneAt?.toISOString() ?? null,
    })),
    spent: formatMoney(spent),
  };
  return { contact, shown };
}

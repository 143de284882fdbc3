import { V1_OPERATIONS as calls } from "@recado/contract/v1/operations";
import { accessChannel, accessContact, accessConversation } from "../../accounts/access.ts";
import {
  browseConversations,
  browseThread,
  changeConversation,
  markConversationRead,
} from "../../contacts/conversations.ts";
import { formatConversation } from "./format-contacts.ts";
import { formatMessage } from "./format-message.ts";
import { chooseProject } from "./message-routes.ts";
import type { Serve } from "./serve.ts";
import type { V1Caller, V1Deps } from "./v1-deps.ts";

/** Conversations: listed, read, resolved, snoozed, reopened. */
export function serveConversations(serve: Serve, deps: V1Deps): void {
  const show = async (caller: V1Caller, id: string) =>
    formatConversation(await accessConversation(deps.pool, caller, id));
  serve(calls.listConversations, async ({ caller, query }) => {
    const { state, project_id, contact_id, channel_id, unread, ...page } = query;
    // An id that the caller may not see is refused, not answered with an empty list.
    if (contact_id !== undefined) await accessContact(deps.pool, caller, contact_id);
    if (channel_id !== undefined) await accessChannel(deps.pool, caller, channel_id);
    const filter = {
      accountId: caller.accountId,
      projectId: await chooseProject(deps, caller, project_id),
      state: state ?? null,
      contactId: contact_id ?? null,
      channelId: channel_id ?? null,
      unread: unread === undefined ? null : unread === "true",
    };
    const { items, nextCursor } = await browseConversations(deps, filter, page);
    return { items: items.map(formatConversation), next_cursor: nextCursor };
  });
  serve(calls.getConversation, ({ caller, params }) => show(caller, params.id));
  serve(calls.listThread, async ({ caller, params, query }) => {
    const conversation = await accessConversation(deps.pool, caller, params.id);
    const thread = { ...conversation, onlyProjectId: caller.projectId };
    const { items, nextCursor } = await browseThread(deps, thread, query);
    const nowMs = deps.clock.now();
    const shown = items.map((item) => formatMessage(item, nowMs));
    return { items: shown, next_cursor: nextCursor };
  });
  serve(calls.changeConversation, async ({ caller, params, body }) => {
    const { snoozed_until, version, state } = body;
    const conversation = await accessConversation(deps.pool, caller, params.id);
    await changeConversation(deps, conversation, {
      state,
      snoozedUntil: snoozed_until === undefined ? undefined : new Date(snoozed_until),
      version: version === undefined ? undefined : BigInt(version),
    });
    return show(caller, params.id);
  });
  serve(calls.markConversationRead, async ({ caller, params, body }) => {
    const conversation = await accessConversation(deps.pool, caller, params.id);
    await markConversationRead(deps, conversation, body.message_id ?? null);
    return show(caller, params.id);
  });
}

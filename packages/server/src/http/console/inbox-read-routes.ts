import { INBOX_OPERATIONS as calls } from "@recado/contract/console/inbox-operations";
import { formatMoney } from "../../domain/money.ts";
import { listPicker } from "../../inbox/list-picker.ts";
import { loadConversation, loadCounts, loadList, loadState } from "../../inbox/load-inbox.ts";
import { loadPanel } from "../../inbox/load-panel.ts";
import { loadThread } from "../../inbox/load-thread.ts";
import { formatContact } from "../v1/format-contacts.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** What the inbox loads. */
export function serveInboxReads(serve: ConsoleServe, deps: ConsoleDeps): void {
  const { pool } = deps;
  serve(calls.getInboxState, async ({ caller }) => {
    const { accountId, userId } = caller;
    const snapshot = (await deps.directory.snapshots(pool, [accountId])).get(accountId);
    return loadState(pool, { accountId, userId, currency: snapshot?.currency ?? "" });
  });
  serve(calls.getInboxCounts, ({ caller }) => loadCounts(pool, caller.accountId));
  serve(calls.listInbox, ({ caller, query }) => {
    const { accountId, userId } = caller;
    const { view, limit, cursor } = query;
    const filter = {
      ...{ accountId, userId, view },
      assigneeId: query.assignee_id ?? null,
      teamId: query.team_id ?? null,
      labelId: query.label_id ?? null,
      channelId: query.channel_id ?? null,
      projectId: query.project_id ?? null,
      unread: query.unread === "true",
    };
    return loadList(pool, filter, { limit, cursor });
  });
  serve(calls.getInboxConversation, async ({ caller, params }) => {
    const { accountId } = caller;
    const { seq, conversation } = await loadConversation(pool, { accountId, id: params.id });
    return { seq, conversation };
  });
  serve(calls.listInboxThread, async ({ caller, params, query }) => {
    const { accountId } = caller;
    const { seq, row } = await loadConversation(pool, { accountId, id: params.id });
    const { contactId, channelId } = row;
    const wish = { accountId, contactId, channelId, version: seq, nowMs: deps.clock.now() };
    const part = await loadThread(pool, { ...wish, ...query });
    const { items, nextCursor, newerCursor } = part;
    return { seq, items, next_cursor: nextCursor, newer_cursor: newerCursor };
  });
  serve(calls.getContactPanel, async ({ caller, params }) => {
    const { accountId } = caller;
    const { row } = await loadConversation(pool, { accountId, id: params.id });
    const { contact, shown } = await loadPanel(pool, { accountId, row, nowMs: deps.clock.now() });
    return { ...shown, contact: formatContact(contact) };
  });
  serve(calls.listPickerTemplates, async ({ caller, params }) => {
    const { accountId } = caller;
    const { row } = await loadConversation(pool, { accountId, id: params.id });
    const { currency, balance, items } = await listPicker(deps, { accountId, row });
    const isShown = caller.permissions.includes("wallet.read");
    return {
      ...{ currency, items, balance: isShown ? formatMoney(balance) : null },
      window_expires_at: row.windowExpiresAt.toISOString(),
    };
  });
}

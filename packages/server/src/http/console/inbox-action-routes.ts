import { INBOX_OPERATIONS as calls } from "@recado/contract/console/inbox-operations";
import { changeMany } from "../../inbox/bulk.ts";
import { changeState, labelConversation, readConversation } from "../../inbox/change-state.ts";
import {
  assignConversation,
  takeConversation,
  transferConversation,
} from "../../inbox/hand-over.ts";
import { loadConversation } from "../../inbox/load-inbox.ts";
import { loadNote } from "../../inbox/load-items.ts";
import { addNote, changeNote, deleteNote } from "../../inbox/notes.ts";
import type { ConsoleCaller, ConsoleDeps } from "./console-deps.ts";
import { inboxDepsOf } from "./inbox-office.ts";
import { type ConsoleServe, checkPermission } from "./serve-console.ts";

/** What people do with conversations; each answers how the conversation stands after it. */
export function serveInboxActions(serve: ConsoleServe, deps: ConsoleDeps): void {
  const inbox = inboxDepsOf(deps);
  const show = async ({ accountId }: ConsoleCaller, id: string) => {
    const { seq, conversation } = await loadConversation(deps.pool, { accountId, id });
    return { seq, conversation };
  };
  serve(calls.takeConversation, async ({ caller, params, body }) => {
    await takeConversation(inbox, { ...actOf(caller, params.id), from: body.from });
    return show(caller, params.id);
  });
  serve(calls.assignConversation, async ({ caller, params, body }) => {
    const { user_id: assigneeId, revision } = body;
    await assignConversation(inbox, { ...actOf(caller, params.id), assigneeId, revision });
    return show(caller, params.id);
  });
  serve(calls.transferConversation, async ({ caller, params, body }) => {
    const { user_id, team_id = null, ...rest } = body;
    const to = user_id === undefined ? { teamId: team_id } : { userId: user_id };
    await transferConversation(inbox, { ...actOf(caller, params.id), ...rest, to });
    return show(caller, params.id);
  });
  serve(calls.snoozeConversation, async ({ caller, params, body }) => {
    const snoozedUntil = body.until === null ? undefined : new Date(body.until);
    const change = { state: "snoozed" as const, snoozedUntil, revision: body.revision };
    await changeState(inbox, { ...actOf(caller, params.id), ...change });
    return show(caller, params.id);
  });
  for (const [call, state] of [
    [calls.resolveConversation, "resolved"],
    [calls.reopenConversation, "open"],
  ] as const) {
    serve(call, async ({ caller, params, body }) => {
      const { revision } = body;
      await changeState(inbox, { ...actOf(caller, params.id), state, revision });
      return show(caller, params.id);
    });
  }
  serve(calls.readConversation, async ({ caller, params, body }) => {
    await readConversation(inbox, { ...actOf(caller, params.id), upTo: body.message_id ?? null });
    return show(caller, params.id);
  });
  serve(calls.labelConversation, async ({ caller, params, body }) => {
    await labelConversation(inbox, { ...actOf(caller, params.id), labelIds: body.label_ids });
    return show(caller, params.id);
  });
  serve(calls.changeManyConversations, ({ caller, body }) => {
    const { type } = body.action;
    if (type === "assign" || type === "team") checkPermission(caller, "inbox.assign");
    return changeMany(inbox, caller, body);
  });
  serveNotes(serve, deps);
}

function serveNotes(serve: ConsoleServe, deps: ConsoleDeps): void {
  const inbox = inboxDepsOf(deps);
  const show = ({ accountId }: ConsoleCaller, id: string) => loadNote(deps.pool, { accountId, id });
  serve(calls.addNote, async ({ caller, params, body }) => {
    const { key, text, mentions } = body;
    const id = await addNote(inbox, { ...actOf(caller, params.id), key, text, mentions });
    return show(caller, id);
  });
  serve(calls.changeNote, async ({ caller, params, body }) => {
    const { accountId, userId } = caller;
    await changeNote(inbox, { accountId, userId, noteId: params.id, ...body });
    return show(caller, params.id);
  });
  serve(calls.deleteNote, async ({ caller, params }) => {
    const { accountId, userId } = caller;
    const maySupervise = caller.permissions.includes("inbox.supervise");
    await deleteNote(inbox, { accountId, userId, noteId: params.id, maySupervise });
  });
}

function actOf({ accountId, userId }: ConsoleCaller, conversationId: string) {
  return { accountId, userId, conversationId };
}

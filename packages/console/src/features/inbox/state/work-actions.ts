import type { ConversationRow } from "@recado/contract/console/inbox";
import { ApiProblem } from "../../../api/api-problem.ts";
import { shellWords } from "../../../i18n/shell-words.ts";
import { applyRows } from "../../../live/apply-change.ts";
import { toastProblem } from "../../../ui/problem/toast-problem.ts";
import { showToast } from "../../../ui/toast/toast.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { personName } from "../text/person-name.ts";
import { type BulkOutcome, changeMany } from "./bulk-actions.ts";
import type { Desk } from "./desk.ts";
import { type BodyOf, inboxApi } from "./inbox-api.ts";
import { resolveSeen, UnseenWord } from "./resolve-seen.ts";
import { sayBulk } from "./say-bulk.ts";

/**
 * What people do with conversations. Each shows its effect at once, marked as not certain, takes it back with the reason when
 * the server says no, and answers whether it was done.
 */
export interface WorkActions {
  take: (id: string, from?: string) => Promise<boolean>;
  assign: (id: string, userId: string | null) => Promise<boolean>;
  transfer: (id: string, body: BodyOf<"transferConversation">) => Promise<boolean>;
  snooze: (id: string, until: string | null) => Promise<boolean>;
  /** Refused when the person has written since `seen`: nobody closes away a word that was not on the screen. */
  resolve: (seen: ConversationRow) => Promise<boolean>;
  reopen: (id: string) => Promise<boolean>;
  label: (id: string, labelIds: string[]) => Promise<boolean>;
  read: (id: string) => Promise<boolean>;
  /** Resolves as `seen` when they were ticked, like the above. */
  bulk: (
    seen: readonly ConversationRow[],
    action: BodyOf<"changeManyConversations">["action"],
  ) => Promise<boolean>;
}

/** The actions on the conversations of a desk. */
export function createWorkActions(desk: Desk, me: string): WorkActions {
  const run = (id: string, shown: Partial<ConversationRow>, call: () => Promise<Answer>) =>
    runShown(desk, { id, shown, call });
  return {
    take: (id, from) => run(id, { assignee_id: me, state: "open" }, () => inboxApi.take(id, from)),
    assign: (id, user_id) =>
      run(id, { assignee_id: user_id }, () => inboxApi.assign(id, { user_id })),
    transfer: (id, body) => run(id, {}, () => inboxApi.transfer(id, body)),
    snooze: (id, until) =>
      run(id, { state: "snoozed", snoozed_until: until }, () => inboxApi.snooze(id, until)),
    resolve: (seen) => run(seen.id, { state: "resolved" }, () => resolveSeen(seen)),
    reopen: (id) => run(id, { state: "open" }, () => inboxApi.reopen(id)),
    label: (id, label_ids) => run(id, { label_ids }, () => inboxApi.label(id, label_ids)),
    read: (id) => run(id, { unread: 0 }, () => inboxApi.read(id)),
    bulk: (seen, action) => runBulk(desk, () => changeMany(seen, action)),
  };
}

interface Answer {
  conversation: ConversationRow;
}

interface Deed {
  id: string;
  shown: Partial<ConversationRow>;
  call: () => Promise<Answer>;
}

async function runShown(desk: Desk, { id, shown, call }: Deed): Promise<boolean> {
  desk.pending.update((pending) => new Map(pending).set(id, { ...pending.get(id), ...shown }));
  try {
    const { conversation } = await call();
    desk.model.update((model) => applyRows(model, [conversation]));
    return true;
  } catch (error) {
    if (error instanceof UnseenWord) {
      tellUnseen(desk, error.conversation);
      return false;
    }
    toastProblem(error);
    // Somebody was quicker, perhaps: look at what is true now.
    if (error instanceof ApiProblem && error.status === 409) {
      const fresh = await inboxApi.conversation(id).catch(() => null);
      if (fresh !== null) desk.model.update((model) => applyRows(model, [fresh.conversation]));
    }
    return false;
  } finally {
    desk.pending.update((pending) => {
      const next = new Map(pending);
      next.delete(id);
      return next;
    });
  }
}

function tellUnseen(desk: Desk, conversation: ConversationRow): void {
  desk.model.update((model) => applyRows(model, [conversation]));
  const text = inboxWords.say("done.wrote", { name: personName(conversation.contact) });
  showToast({ kind: "problem", text });
}

async function runBulk(desk: Desk, call: () => Promise<BulkOutcome>): Promise<boolean> {
  try {
    const outcome = await call();
    const { refused } = outcome;
    desk.model.update((model) => applyRows(model, outcome.rows));
    const left = refused.map(({ conversation }) => [conversation.id, conversation] as const);
    desk.selected.update(() => new Map(left));
    const isWhole = refused.length === 0;
    const text = sayBulk(outcome, inboxWords.say, shellWords.say);
    showToast({ kind: isWhole ? "done" : "problem", text });
    return isWhole;
  } catch (error) {
    toastProblem(error);
    return false;
  }
}

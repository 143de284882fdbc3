import type { ConversationRow } from "@recado/contract/console/inbox";
import { showToast } from "../../../ui/toast/toast.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useActions } from "../state/use-inbox.ts";
import { personName } from "../text/person-name.ts";
import type { AssignTarget } from "./assign-dialog.tsx";

/** What a person does with one conversation, each with a word that can take it back. */
export function useWork(row: ConversationRow) {
  const actions = useActions();
  const say = inboxWords.useWords();
  const name = personName(row.contact);
  const undo = (run: () => Promise<boolean>) => ({ label: say("undo"), run: () => void run() });
  const tell = (text: string, run: () => Promise<boolean>) =>
    showToast({ kind: "done", text, action: undo(run) });
  return {
    take: () => void actions.take(row.id, row.assignee_id ?? undefined),
    resolve: async () => {
      if (await actions.resolve(row)) {
        tell(say("done.resolved", { name }), () => actions.reopen(row.id));
      }
    },
    reopen: () => void actions.reopen(row.id),
    snooze: async (until: string | null) => {
      if (await actions.snooze(row.id, until)) {
        tell(say("done.snoozed", { name }), () => actions.reopen(row.id));
      }
    },
    label: (labelIds: string[]) => void actions.label(row.id, labelIds),
    assign: (target: AssignTarget) => {
      if (target.kind === "nobody") return void actions.assign(row.id, null);
      const { note } = target;
      const to = target.kind === "person" ? { user_id: target.id } : { team_id: target.id };
      if (target.kind === "person" && note.trim() === "") {
        return void actions.assign(row.id, target.id);
      }
      return void actions.transfer(row.id, { ...to, note: note.trim(), mentions: [] });
    },
  };
}

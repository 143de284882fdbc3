import type { ConversationRow } from "@recado/contract/console/inbox";
import type { ProblemCode } from "../../../api/api-problem.ts";
import { type BodyOf, inboxApi } from "./inbox-api.ts";
import { hasUnseenWord } from "./resolve-seen.ts";

type Action = BodyOf<"changeManyConversations">["action"];

/** What was not done, and why. */
export interface BulkRefusal {
  /** As it stands now; as it was seen when nothing is known of it. */
  conversation: ConversationRow;
  /** `wrote`: the person has written since. */
  why: "wrote" | ProblemCode;
}

/** What became of an action on many conversations. */
export interface BulkOutcome {
  done: number;
  /** As they stand now. */
  rows: ConversationRow[];
  refused: BulkRefusal[];
}

/**
 * Does one thing to many conversations. They are resolved as `seen` when they were ticked: where the person has written since, it
 * is refused; any other change, such as a colleague's label, is no reason to refuse.
 */
export async function changeMany(
  seen: readonly ConversationRow[],
  action: Action,
): Promise<BulkOutcome> {
  const first = await ask(seen, action);
  if (action.type !== "resolve") return first;
  const known = new Map(seen.map((row) => [row.id, row]));
  const isHarmless = ({ conversation, why }: BulkRefusal) => {
    const row = known.get(conversation.id);
    return why === "conflict" && row !== undefined && !hasUnseenWord(row, conversation);
  };
  const harmless = first.refused.filter(isHarmless).map(({ conversation }) => conversation);
  // Named again as they are now: between looking and resolving somebody may write too.
  const second = harmless.length === 0 ? NOTHING : await ask(harmless, action);
  const refused = [...first.refused.filter((one) => !isHarmless(one)), ...second.refused];
  return {
    done: first.done + second.done,
    rows: [...first.rows, ...second.rows],
    refused: refused.map((one) => ({ ...one, why: one.why === "conflict" ? "wrote" : one.why })),
  };
}

const NOTHING: BulkOutcome = { done: 0, rows: [], refused: [] };

async function ask(rows: readonly ConversationRow[], action: Action): Promise<BulkOutcome> {
  const known = new Map(rows.map((row) => [row.id, row]));
  const revisions =
    action.type === "resolve"
      ? Object.fromEntries(rows.map(({ id, revision }) => [id, revision]))
      : {};
  const { done, answers } = await inboxApi.bulk({
    ...{ conversation_ids: [...known.keys()], revisions, action },
  });
  return {
    done,
    rows: answers.flatMap(({ conversation }) => conversation ?? []),
    refused: answers.flatMap(({ ok, code, conversation, conversation_id }) => {
      const row = conversation ?? known.get(conversation_id);
      if (ok || row === undefined) return [];
      return [{ conversation: row, why: (code ?? "internal") as ProblemCode }];
    }),
  };
}

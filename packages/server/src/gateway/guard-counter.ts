import type { Transaction } from "../storage/connect.ts";
import { addGuardCounts, findGuardCounts } from "../storage/template-guards.ts";
import type { ResolvedSend, Standing } from "./decide.ts";

/** Counts messages of guarded templates while a group of sends is judged. Others cost nothing. */
export interface GuardCounter {
  /** What it adds to a send's standing: nothing unless its template is guarded. */
  standing(send: ResolvedSend): Pick<Standing, "guardUsed">;
  /** Another one was accepted. */
  use(send: ResolvedSend): void;
  /** Adds what was accepted to the counts; no statement when that is none. */
  store(sql: Transaction): Promise<void>[];
}

/** Reads the counts of the guarded templates among the sends: no statement when there are none. */
export async function openGuardCounter(
  sql: Transaction,
  sends: readonly { send: ResolvedSend }[],
): Promise<GuardCounter> {
  const guarded = sends.filter(({ send }) => send.template?.guard?.state === "waiting");
  const templateIds = [...new Set(guarded.map(({ send }) => send.template?.id ?? ""))];
  const accountIds = [...new Set(guarded.map(({ send }) => send.snapshot?.accountId ?? ""))];
  const before =
    guarded.length === 0
      ? new Map<string, number>()
      : await findGuardCounts(sql, templateIds, accountIds);
  const added = new Map<string, { account_id: string; template_id: string; messages: number }>();
  return {
    standing({ template }) {
      if (!template?.guard) return {};
      return {
        guardUsed: (before.get(template.id) ?? 0) + (added.get(template.id)?.messages ?? 0),
      };
    },
    use({ template, snapshot }) {
      if (!template?.guard || !snapshot) return;
      const count = { account_id: snapshot.accountId, template_id: template.id, messages: 0 };
      const known = added.get(template.id) ?? count;
      added.set(template.id, { ...known, messages: known.messages + 1 });
    },
    store: (sqlAtEnd) => (added.size === 0 ? [] : [addGuardCounts(sqlAtEnd, [...added.values()])]),
  };
}
